using SipGateway.Journeys.Tests.Running;

namespace SipGateway.Journeys.Tests.Portal;

/// <summary>A gateway that goes away under an open page.</summary>
public sealed class PortalRecoveryTests
{
    private const string Devices = "/v1/tenants/default/devices";

    [Fact]
    public async Task Gateway_KilledAndStartedAgain_ThePageSaysSoAndShowsTheTruthByItself()
    {
        var gateway = await GatewayProcess.StartAsync();
        await using var visitor = await PortalVisitor.ComeAsync(gateway);
        using (var before = new AdminRest(gateway.AdminClient()))
        {
            await before.PostAsync(Devices, new { mac = "001565aaff01", location = "Before the fall" });
        }

        await visitor.EnterAsync("/", gateway.AdminKey());
        await visitor.SeesAsync("Before the fall");
        await gateway.KillAsync();
        await visitor.SeesAsync("The connection to the gateway is lost");

        await using var again = await gateway.StartAgainAsync();
        using var after = new AdminRest(again.AdminClient());
        await after.PostAsync(Devices, new { mac = "001565aaff02", location = "After it" });
        await visitor.SeesAsync("After it", seconds: 60);
        await visitor.SeesAsync("Before the fall");
        (await visitor.Page.GetByText("The connection to the gateway is lost").IsVisibleAsync()).Should().BeFalse();
    }
}
