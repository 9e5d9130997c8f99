using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace SipGateway.Portal;

/// <summary>Puts the sign-in at an OpenID Connect server into the portal, where there is one.</summary>
internal static class PortalOidcHosting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Adds it; without a server in the options nothing is added.</summary>
    public static void AddPortalOidc(this IServiceCollection services, PortalOptions options)
    {
        if (options.Oidc is not { } oidc)
        {
            return;
        }

        services.AddSingleton<PortalOidc>();

        // What it says, anybody can make it say.
        services.AddLogging(logging => logging.AddFilter(typeof(PortalOidcHandler).FullName, LogLevel.Warning));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>());
        services.AddAuthentication().AddRemoteScheme<OpenIdConnectOptions, PortalOidcHandler>(PortalOidc.Scheme, oidc.Name, scheme => Configure(scheme, oidc));
        services.AddOptions<OpenIdConnectOptions>(PortalOidc.Scheme).Configure<PortalOidc>((scheme, sessions) => scheme.Events = new OpenIdConnectEvents
        {
            OnTicketReceived = sessions.BeginSessionAsync, OnRemoteFailure = sessions.FailAsync,
        });
    }

    /// <summary>There and back; nothing without a server in the options.</summary>
    public static IEnumerable<IEndpointConventionBuilder> MapPortalOidc(this IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetService<PortalOidc>() is not { } oidc)
        {
            return [];
        }

        var begin = app.MapGet(PortalPaths.SessionOidc, oidc.BeginAsync).WithMetadata(new PortalEndpoint(IsOpen: true));
        var back = app.MapGet(PortalPaths.SessionOidcReturn, PortalOidc.ReturnAsync).WithMetadata(new PortalEndpoint(IsOpen: true), new PortalOidcReturn());
        return [begin, back];
    }

    private static void Configure(OpenIdConnectOptions scheme, PortalOidcOptions oidc)
    {
        scheme.Authority = oidc.Authority.ToString();
        scheme.RequireHttpsMetadata = oidc.Authority.Scheme == Uri.UriSchemeHttps;
        scheme.ClientId = oidc.ClientId;
        scheme.ClientSecret = oidc.ClientSecret.Length > 0 ? oidc.ClientSecret : null;
        scheme.ResponseType = OpenIdConnectResponseType.Code;
        scheme.UsePkce = true;
        scheme.Scope.Clear();
        foreach (var scope in oidc.Scopes)
        {
            scheme.Scope.Add(scope);
        }

        // The way back is a plain link: cookies that come along with it need no other site's permission, over http on loopback neither.
        scheme.ResponseMode = OpenIdConnectResponseMode.Query;
        foreach (var cookie in (CookieBuilder[])[scheme.CorrelationCookie, scheme.NonceCookie])
        {
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        }

        scheme.CallbackPath = PortalPaths.SessionOidcReturn;
        scheme.RemoteSignOutPath = default;
        scheme.SignedOutCallbackPath = default;

        // The session is the portal's own; the library keeps the tokens for the moment of its beginning.
        scheme.SignInScheme = "none";
        scheme.SaveTokens = true;
        scheme.MapInboundClaims = false;
        scheme.DisableTelemetry = true;
        scheme.BackchannelTimeout = Patience;
    }
}
