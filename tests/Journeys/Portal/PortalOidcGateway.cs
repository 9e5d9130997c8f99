using SipGateway.Journeys.Tests.Running;
using SipGateway.Oidc;
using static SipGateway.Journeys.Tests.Portal.PortalGateway;

namespace SipGateway.Journeys.Tests.Portal;

/// <summary>A gateway whose administrators are an organisation's staff, and the organisation's server. To a browser they are two sites.</summary>
public sealed class PortalOidcGateway : IAsyncLifetime
{
    /// <summary>A phone that is claimed.</summary>
    public const string Mac = "001565aadf01";

    private readonly string folder = Directory.CreateTempSubdirectory("oidc").FullName;

    internal OidcServer Server { get; private set; } = null!;

    internal GatewayProcess Gateway { get; private set; } = null!;

    internal AdminRest Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await OidcServer.StartAsync("localhost");
        var secret = Path.Combine(folder, "secret");
        await File.WriteAllTextAsync(secret, OidcServer.ClientSecret + "\n");
        Gateway = await GatewayProcess.StartAsync(
            null,
            "--admin-oidc-authority", Server.Issuer.ToString(),
            "--admin-oidc-client-id", OidcServer.ClientId,
            "--admin-oidc-client-secret-file", secret,
            "--admin-oidc-name", "Staff");
        Admin = new AdminRest(Gateway.AdminClient());
        await Admin.PostAsync($"{Tenant}/devices", new { mac = Mac, location = "Reception" });
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Gateway.DisposeAsync();
        await Server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
