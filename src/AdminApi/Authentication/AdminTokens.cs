using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using SipGateway.Hosting;
using SipGateway.Portal;

namespace SipGateway.AdminApi;

/// <summary>
/// Judges access tokens of the OpenID Connect server: signature by one of its present keys, issuer, audience, time, and what the role claim gives.
/// The server's metadata are fetched at the first token, and again when a token is signed with a key that they do not have.
/// </summary>
internal sealed class AdminTokens : IDisposable
{
    private const int MaxSubjectChars = 200;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // As often as an unknown key may make us ask the server; whoever makes up key ids makes no more of it.
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(10);

    // As long as a key may count after the server took it back, when no token with a newer one comes.
    private static readonly TimeSpan LongestTrust = TimeSpan.FromHours(1);

    private readonly JsonWebTokenHandler _reader = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = AdminApiLimits.MaxTokenChars };
    private readonly AdminOidcOptions? _options;
    private readonly HttpClient? _http;
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? _server;
    private readonly TokenValidationParameters? _rules;

    /// <summary>Tokens of the server in the options, or none.</summary>
    public AdminTokens(AdminApiOptions options, TimeProvider time)
    {
        if ((_options = options.Oidc) is not { } oidc)
        {
            return;
        }

        _http = new HttpClient { Timeout = Patience };
        _server = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{oidc.Authority.ToString().TrimEnd('/')}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(_http) { RequireHttps = oidc.Authority.Scheme == Uri.UriSchemeHttps })
        {
            RefreshInterval = LeastPause,
            AutomaticRefreshInterval = LongestTrust,
            UseLastKnownGoodConfiguration = false,
        };
        _rules = RulesOf(oidc, time);
        _rules.ConfigurationManager = _server;
    }

    /// <summary>Whether this is to be judged as a token; a key has no dots in these places.</summary>
    public bool IsToken(string credential) => _options is not null && credential.Count(c => c == '.') == 2;

    /// <summary>Judges one.</summary>
    public async Task<(CredentialVerdict Verdict, AdminCaller? Caller)> JudgeAsync(string token, CancellationToken cancellation)
    {
        try
        {
            await _server!.GetConfigurationAsync(cancellation);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException)
        {
            return (CredentialVerdict.Unavailable, null);
        }

        var result = await _reader.ValidateTokenAsync(token, _rules);
        return result switch
        {
            { IsValid: true } => CallerOf(result.ClaimsIdentity),

            // The signature was looked at before the time.
            { Exception: SecurityTokenExpiredException } => (CredentialVerdict.Expired, null),
            _ => (CredentialVerdict.Wrong, null),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _http?.Dispose();

    private static TokenValidationParameters RulesOf(AdminOidcOptions oidc, TimeProvider time) => new()
    {
        ValidAudience = oidc.Audience,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidAlgorithms = ["ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
        LifetimeValidator = (from, until, _, _) =>
        {
            var now = time.GetUtcNow();
            return until is not null && now - Skew < new DateTimeOffset(until.Value, TimeSpan.Zero)
                ? from is null || now + Skew >= new DateTimeOffset(from.Value, TimeSpan.Zero)
                : throw new SecurityTokenExpiredException("The token's time is over.");
        },
    };

    private (CredentialVerdict, AdminCaller?) CallerOf(ClaimsIdentity claims)
    {
        if (claims.FindFirst("sub")?.Value is not { Length: > 0 and <= MaxSubjectChars } subject || subject.Any(char.IsControl))
        {
            return (CredentialVerdict.Wrong, null);
        }

        var values = claims.FindAll(_options!.RoleClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<AdminGrant> grants = [.. _options.Roles.Where(role => values.Contains(role.Value)).Select(role => role.Grant).Distinct()];
        return (grants.Length > 0 ? CredentialVerdict.Right : CredentialVerdict.NoRole, new AdminCaller($"oidc:{subject}", grants));
    }
}
