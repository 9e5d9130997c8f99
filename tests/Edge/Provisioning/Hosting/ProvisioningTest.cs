using SipGateway.Edge.Tests.Sip;
using SipGateway.Trust;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>A server of its own for each test class, and a MAC of its own for each test.</summary>
public abstract class ProvisioningTest(EdgeFixture edge) : IAsyncLifetime
{
    protected EdgeFixture Edge { get; } = edge;

    protected ProvisioningServer Server { get; private set; } = null!;

    protected string Mac { get; } = EdgeFixture.NewMac();

    protected ProvisioningScript Script => Edge.Scripts[Mac].Provisioning;

    protected virtual ProvisioningOptions Change(ProvisioningOptions options) => options;

    /// <summary>Other parts of the server than the usual ones.</summary>
    protected virtual void Change(Microsoft.Extensions.DependencyInjection.IServiceCollection services)
    {
    }

    public async ValueTask InitializeAsync() => Server = await ProvisioningServer.StartAsync(Edge, Change, services: Change);

    public virtual async ValueTask DisposeAsync()
    {
        Script.Hold?.TrySetResult();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static string UserAgent(string mac, string model = "T46S", string firmware = "66.86.0.15") =>
        $"Yealink SIP-{model} {firmware} {string.Join(':', mac.Chunk(2).Select(c => new string(c)))}";

    protected Task<PhoneAnswer> GetAsync(string path, bool isSecure = false) => Server.GetAsync(path, UserAgent(Mac), isSecure);

    protected Task<PhoneAnswer> BootstrapAsync(string prefix = "") => GetAsync($"{prefix}/{Mac}.cfg");

    /// <summary>Puts the phone in service and gives its address.</summary>
    protected string InService(Grains.Interfaces.PhoneConfig? config = null)
    {
        Script.Config = config ?? ProvisioningScript.ConfigOf();
        return $"/d/{new DeviceToken(Mac, Script.Config.ConfigTokenRandom).Format(Edge.Ring, DeviceTokenKind.Config)}/";
    }

    protected string ScreenOf(string page)
    {
        Script.Config ??= ProvisioningScript.ConfigOf(isSignedIn: false);
        return $"/s/{new DeviceToken(Mac, Script.Config.ScreenTokenRandom).Format(Edge.Ring, DeviceTokenKind.Screen)}/{page}";
    }
}
