using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace SipGateway.Portal;

/// <summary>Sessions are cookies that only this gateway can read; the ones that were ended early are remembered until they would have ended anyway.</summary>
internal sealed class PortalSessions(IDataProtectionProvider protection, PortalOptions options, TimeProvider time)
{
    /// <summary>The cookie's name.</summary>
    public const string Cookie = "sipgateway_portal";

    private const char Separator = '\n';
    private readonly IDataProtector _protector = protection.CreateProtector("SipGateway.Portal.Session.v1");
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);

    /// <summary>Signs in: the cookie goes with the answer.</summary>
    public void Begin(HttpContext http, string key)
    {
        var session = new PortalSession(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), key, time.GetUtcNow() + options.SessionLifetime);
        var ticks = session.ExpiresAt.UtcTicks.ToString(CultureInfo.InvariantCulture);
        http.Response.Cookies.Append(Cookie, _protector.Protect(string.Join(Separator, session.Id, ticks, session.Key)), CookieOf(http));
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

        http.Response.Cookies.Delete(Cookie, CookieOf(http));
    }

    /// <summary>The session of a request; null when there is no cookie, or one that is not ours, ended or too old.</summary>
    public PortalSession? Of(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } cookie)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(cookie).Split(Separator) is [var id, var ticks, var key]
                && long.TryParse(ticks, CultureInfo.InvariantCulture, out var expires)
                && new PortalSession(id, key, new DateTimeOffset(expires, TimeSpan.Zero)) is var session && IsLive(session)
                    ? session
                    : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether a session still counts; open pages ask before every call.</summary>
    public bool IsLive(PortalSession session) => session.ExpiresAt > time.GetUtcNow() && !_ended.ContainsKey(session.Id);

    private static CookieOptions CookieOf(HttpContext http) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/", IsEssential = true,
    };
}
