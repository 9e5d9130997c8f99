using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace SipGateway.Portal;

/// <summary>Sessions are cookies that only this gateway can read; the ones that were ended early are remembered until they would have ended anyway.</summary>
internal sealed class PortalSessions(IDataProtectionProvider protection, PortalOptions options, TimeProvider time)
{
    /// <summary>The cookie's name.</summary>
    public const string Cookie = "sipgateway_portal";

    private const char Separator = '\n';

    // An access token with many groups is more than one cookie holds.
    private readonly ChunkingCookieManager _cookies = new() { ThrowForPartialCookies = false };
    private readonly IDataProtector _protector = protection.CreateProtector("SipGateway.Portal.Session.v1");
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);

    /// <summary>Signs in: the cookie goes with the answer.</summary>
    /// <param name="http">Whose answer.</param>
    /// <param name="credential">The key or token.</param>
    /// <param name="end">When the token ends; null: a key does not.</param>
    public void Begin(HttpContext http, string credential, DateTimeOffset? end = null)
    {
        var longest = time.GetUtcNow() + options.SessionLifetime;
        var session = new PortalSession(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), credential, end < longest ? end.Value : longest);
        var ticks = session.ExpiresAt.UtcTicks.ToString(CultureInfo.InvariantCulture);
        var cookie = _protector.Protect(string.Join(Separator, session.Id, ticks, session.Credential));
        _cookies.AppendResponseCookie(http, Cookie, cookie, CookieOf(http));
    }

    /// <summary>Signs out: the cookie is taken back, and a copy of it opens nothing.</summary>
    public void End(HttpContext http)
    {
        if (Of(http) is { } session)
        {
            foreach (var old in _ended.Where(e => e.Value < time.GetUtcNow()).ToList())
            {
                _ended.TryRemove(old);
            }

            _ended[session.Id] = session.ExpiresAt;
        }

        _cookies.DeleteCookie(http, Cookie, CookieOf(http));
    }

    /// <summary>The session of a request; null when there is no cookie, or one that is not ours, ended or too old.</summary>
    public PortalSession? Of(HttpContext http) => Read(http) is { } session && IsLive(session) ? session : null;

    /// <summary>Whether there was a session, and its time is over.</summary>
    public bool HasExpired(HttpContext http) => Read(http) is { } session && session.ExpiresAt <= time.GetUtcNow();

    /// <summary>Whether a session still counts; open pages ask before every call.</summary>
    public bool IsLive(PortalSession session) => session.ExpiresAt > time.GetUtcNow() && !_ended.ContainsKey(session.Id);

    private PortalSession? Read(HttpContext http)
    {
        if (_cookies.GetRequestCookie(http, Cookie) is not { Length: > 0 } cookie)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(cookie).Split(Separator) is [var id, var ticks, var credential]
                && long.TryParse(ticks, CultureInfo.InvariantCulture, out var expires)
                    ? new PortalSession(id, credential, new DateTimeOffset(expires, TimeSpan.Zero))
                    : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions CookieOf(HttpContext http) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/", IsEssential = true,
    };
}
