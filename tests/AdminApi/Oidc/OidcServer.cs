using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SipGateway.Oidc;

/// <summary>The organisation's OpenID Connect server: OpenIddict on real Kestrel. People say on its page who they are; nobody needs a password here.</summary>
public sealed class OidcServer : IAsyncDisposable
{
    public const string ClientId = "sipgateway";
    public const string ClientSecret = "what only the gateway and the server know";
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    private static readonly Dictionary<string, string[]> Roles = new()
    {
        ["ada"] = ["sipgateway-admin"], ["otto"] = ["staff", "sipgateway-operator"], ["vera"] = ["sipgateway-viewer"], ["tina"] = ["vienna"], ["noah"] = ["staff"],
    };

    private readonly string host;
    private RsaSecurityKey key = NewKey();
    private WebApplication? app;

    private OidcServer(string host) => this.host = host;

    /// <summary>How long access tokens of its sign-in page are good.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromMinutes(10);

    public RsaSecurityKey Key => key;

    public Uri Issuer { get; private set; } = null!;

    /// <param name="host">A browser takes <c>localhost</c> and <c>127.0.0.1</c> for two sites.</param>
    public static async Task<OidcServer> StartAsync(string host = "127.0.0.1")
    {
        var server = new OidcServer(host);
        await server.RunAsync();
        return server;
    }

    /// <summary>Signs with a new key from now on; the old one is in its metadata no more.</summary>
    public void Rotate()
    {
        key = NewKey();
        app!.Services.GetRequiredService<IOptionsMonitorCache<OpenIddictServerOptions>>().Clear();
    }

    /// <summary>An access token, asked for over http.</summary>
    public async Task<string> TokenAsync(string person)
    {
        using var http = new HttpClient { BaseAddress = Issuer };
        using var form = new FormUrlEncodedContent(
            [new("grant_type", "client_credentials"), new("client_id", ClientId), new("client_secret", ClientSecret), new("person", person)]);
        using var answer = await http.PostAsync("token", form);
        var json = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return json.GetProperty("access_token").GetString() ?? throw new InvalidOperationException(json.ToString());
    }

    /// <summary>A token that the server would not give, signed as told.</summary>
    public string Forge(
        string? issuer = null, string audience = ClientId, TimeSpan? expiresIn = null, SecurityKey? signedBy = null, string algorithm = "RS256",
        string role = "sipgateway-admin", TimeSpan? validIn = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var end = now + (expiresIn ?? TimeSpan.FromMinutes(10));
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Issuer.ToString(),
            Audience = audience,
            IssuedAt = end.AddMinutes(-30),
            NotBefore = validIn is { } later ? now + later : end.AddMinutes(-30),
            Expires = end,
            Claims = new Dictionary<string, object> { ["sub"] = "forger", ["roles"] = new[] { role } },
            SigningCredentials = new SigningCredentials(signedBy ?? key, algorithm),
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }
    }

    public static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };

    private async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, l => l.Protocols = HttpProtocols.Http1));
        builder.Services.AddOpenIddict().AddServer(Configure);
        app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", (Delegate)TokenOfAsync);
        await app.StartAsync();
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Issuer = new UriBuilder("http", host, address.Port).Uri;

        // It has answered somebody before, as any server has: the first answer takes seconds on a busy machine.
        using var http = new HttpClient { BaseAddress = Issuer };
        (await http.GetAsync(".well-known/openid-configuration")).EnsureSuccessStatusCode();
        (await http.GetAsync(".well-known/jwks")).EnsureSuccessStatusCode();
    }

    private void Configure(OpenIddictServerBuilder server)
    {
        server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowClientCredentialsFlow();
        server.RegisterScopes(Scopes.Profile).EnableDegradedMode().DisableAccessTokenEncryption().AddEphemeralEncryptionKey();
        server.Configure(options => options.SigningCredentials.Add(new SigningCredentials(key, SecurityAlgorithms.RsaSha256)));
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != ClientId || context.RedirectUri?.EndsWith("/session/oidc/return", StringComparison.Ordinal) != true)
            {
                context.Reject(Errors.InvalidClient);
            }

            return default;
        }));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != ClientId || context.ClientSecret != ClientSecret)
            {
                context.Reject(Errors.InvalidClient);
            }

            return default;
        }));
        server.UseAspNetCore().DisableTransportSecurityRequirement().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough();
    }

    private IResult Authorize(HttpContext http)
    {
        var request = http.GetOpenIddictServerRequest()!;
        return (string?)request["person"] switch
        {
            null => Results.Content(
                "<!DOCTYPE html><title>Staff</title><link rel=icon href=\"data:,\"><h1>Who are you?</h1>" + string.Concat(Roles.Keys.Append("nobody").Select(
                    person => $"<p><a id=\"{person}\" href=\"/authorize{http.Request.QueryString}&amp;person={person}\">{person}</a>")),
                "text/html"),
            "nobody" => Results.Forbid(new AuthenticationProperties(
                new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.AccessDenied }), [Scheme]),
            { } person => Results.SignIn(PrincipalOf(person, request), authenticationScheme: Scheme),
        };
    }

    private async Task<IResult> TokenOfAsync(HttpContext http)
    {
        var request = http.GetOpenIddictServerRequest()!;
        var principal = request.IsAuthorizationCodeGrantType()
            ? (await http.AuthenticateAsync(Scheme)).Principal!
            : PrincipalOf((string)request["person"]!, request);
        return Results.SignIn(principal, authenticationScheme: Scheme);
    }

    private ClaimsPrincipal PrincipalOf(string person, OpenIddictRequest request)
    {
        var identity = new ClaimsIdentity("oidc", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, person).SetClaims("roles", [.. Roles.GetValueOrDefault(person, [])]);
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(request.GetScopes());
        principal.SetResources(ClientId);
        principal.SetAccessTokenLifetime(TokenLifetime);
        return principal;
    }
}
