using SipGateway.AdminApi.Running;
using SipGateway.Hosting;

namespace SipGateway.Oidc;

/// <summary>The admins' side, where people of an OpenID Connect server may administer.</summary>
public sealed class OidcAdminApi : RunningAdminApi
{
    public OidcServer Server { get; private set; } = null!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Server.DisposeAsync();
    }

    protected override async Task<AdminOidcOptions?> OidcAsync()
    {
        Server = await OidcServer.StartAsync();
        return new AdminOidcOptions
        {
            Authority = Server.Issuer,
            ClientId = OidcServer.ClientId,
            Audience = OidcServer.ClientId,
            Roles =
            [
                ("sipgateway-admin", AdminGrant.Everything), ("sipgateway-operator", new AdminGrant(AdminRole.Operator, "")),
                ("sipgateway-viewer", new AdminGrant(AdminRole.Viewer, "")), ("vienna", new AdminGrant(AdminRole.Operator, "vienna")),
            ],
        };
    }
}
