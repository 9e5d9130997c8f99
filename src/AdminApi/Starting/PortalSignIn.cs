using SipGateway.Hosting;
using SipGateway.Portal;

namespace SipGateway.AdminApi;

/// <summary>How the portal signs people in at the server whose tokens the API believes.</summary>
public static class PortalSignIn
{
    /// <summary>For the portal; null when there is no such server.</summary>
    public static PortalOidcOptions? Of(AdminOidcOptions? oidc) => oidc is null
        ? null
        : new PortalOidcOptions
        {
            Authority = oidc.Authority, ClientId = oidc.ClientId, ClientSecret = oidc.ClientSecret, Scopes = oidc.Scopes, Name = oidc.Name,
        };
}
