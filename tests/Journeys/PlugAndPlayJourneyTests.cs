using System.Net;
using SipGateway.Journeys.Tests.Running;
using SipGateway.PhoneSimulator;

namespace SipGateway.Journeys.Tests;

/// <summary>A network whose DHCP says nothing: the phone asks by multicast, and the gateway was told to answer.</summary>
public sealed class PlugAndPlayJourneyTests
{
    private const string Tenant = "/v1/tenants/default";
    private const string Mac = "001565aabb75";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Phone_FindsTheGateway_IsEnrolled_AndNeverAsksTheNetworkAgain()
    {
        await using var gateway = await GatewayProcess.StartAsync(null, "--pnp", "yes", "--region", "eu");
        using var admin = new AdminRest(gateway.AdminClient());
        await using var phone = new SimulatedPhone(new PhoneOptions
        {
            Mac = Mac, PlugAndPlayAddress = IPAddress.Parse("127.0.0.75"), RegistrationRetryDelay = TimeSpan.FromSeconds(1),
        });

        await phone.PowerOnAsync();
        (await phone.WaitForAsync<ServerFound>(timeout: Patience)).Url.Should().Be($"http://{gateway["http"]}/pnp/");
        await phone.WaitForAsync<Registered>(timeout: Patience);
        await EnrolAsync(admin, phone);
        var mark = phone.LastSequence;
        await phone.PowerCycleAsync();
        await phone.WaitForAsync<Registered>(timeout: Patience, after: mark);

        phone.History.OfType<ServerFound>().Should().ContainSingle("its file switched that off");
        phone.Memory.Settings["account.1.user_name"].Should().StartWith("d", "it came back with its own account");
        (await admin.GetAsync($"{Tenant}/devices/{Mac}:explain")).ToJsonString().Should().Contain("It came by plug and play.");
        await SendToRegionAsync(admin);
    }

    private static async Task EnrolAsync(AdminRest admin, SimulatedPhone phone)
    {
        await admin.PostAsync($"{Tenant}/devices", new { mac = Mac });
        var code = (string)(await admin.PostAsync($"{Tenant}/devices/{Mac}:generateVerificationCode"))["verificationCode"]!;
        var before = phone.LastSequence;
        (await phone.DialAsync($"*55*{code}")).StatusCode.Should().Be(200);
        await phone.WaitForAsync<Registered>(_ => phone.Memory.Settings["account.1.user_name"]!.StartsWith('d'), Patience, before);
    }

    private static async Task SendToRegionAsync(AdminRest admin)
    {
        ((string?)(await admin.GetAsync("/v1/edges"))["edges"]![0]!["region"]).Should().Be("eu");
        var (status, body) = await admin.TryAsync(HttpMethod.Patch, $"{Tenant}?updateMask=settings.region", new { settings = new { region = "us" } });
        (status, body.Contains("are in eu")).Should().Be((HttpStatusCode.BadRequest, true), body);
        await admin.PatchAsync($"{Tenant}?updateMask=settings.region", new { settings = new { region = "eu" } });
        ((string?)(await admin.GetAsync(Tenant))["settings"]!["region"]).Should().Be("eu");
    }
}
