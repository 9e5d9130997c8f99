using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SipGateway.Identity;

/// <summary>OpenID Connect Core 1.0 §3.1.3.7: signature, issuer, audience and time of an id token.</summary>
internal static class IdTokenCheck
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>Null when any of them is wrong.</summary>
    public static async Task<ClaimsIdentity?> ReadAsync(string idToken, DeviceGrantServer server, string clientId, DateTimeOffset now)
    {
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(idToken, new TokenValidationParameters
        {
            ValidIssuer = server.Issuer,
            ValidAudience = clientId,
            IssuerSigningKeys = server.SigningKeys,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidAlgorithms = ["ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
            LifetimeValidator = (from, until, _, _) =>
                until is not null && now - Skew < new DateTimeOffset(until.Value, TimeSpan.Zero)
                && (from is null || now + Skew >= new DateTimeOffset(from.Value, TimeSpan.Zero)),
        });
        return result.IsValid ? result.ClaimsIdentity : null;
    }
}
