using System.Security.Claims;

namespace SipGateway.Portal;

/// <summary>Who is signed in: what every call is made with, and until when.</summary>
/// <param name="Id">Names the session, so that it can be ended.</param>
/// <param name="Credential">The admin key or the access token; it is in the encrypted cookie and in memory, nowhere else.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
internal sealed record PortalSession(string Id, string Credential, DateTimeOffset ExpiresAt)
{
    private const string Scheme = "portal";
    private const string IdClaim = "sid";
    private const string KeyClaim = "key";
    private const string ExpiryClaim = "exp";

    /// <summary>The session as the framework carries it into a circuit.</summary>
    public ClaimsPrincipal ToPrincipal() => new(new ClaimsIdentity(
        [
            new Claim("sub", Id), new Claim(IdClaim, Id), new Claim(KeyClaim, Credential),
            new Claim(ExpiryClaim, ExpiresAt.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ],
        Scheme));

    /// <summary>The session of a circuit; null when there is none.</summary>
    public static PortalSession? Of(ClaimsPrincipal user) =>
        user.FindFirst(IdClaim)?.Value is { } id && user.FindFirst(KeyClaim)?.Value is { } key
        && long.TryParse(user.FindFirst(ExpiryClaim)?.Value, System.Globalization.CultureInfo.InvariantCulture, out var ticks)
            ? new PortalSession(id, key, new DateTimeOffset(ticks, TimeSpan.Zero))
            : null;
}
