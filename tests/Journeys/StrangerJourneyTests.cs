using SipGateway.Journeys.Tests.Running;
using SipGateway.PhoneSimulator;

namespace SipGateway.Journeys.Tests;

/// <summary>Strangers with the right MAC, power cuts, and phones that were off when something changed.</summary>
public sealed class StrangerJourneyTests
{
    private const string Tenant = "/v1/tenants/default";
    private const string Password = "correct horse battery";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task PhoneInService_StrangersPowerCutsAndChangesWhileOff_KeepsItsLineAndComesBackByItself()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using var admin = new AdminRest(gateway.AdminClient());
        var root = new Uri($"http://{gateway["http"]}/");
        const string mac = "001565aabb20";
        var device = $"{Tenant}/devices/{mac}";
        await using var phone = new SimulatedPhone(new PhoneOptions { Mac = mac, ProvisioningUrl = root });
        await using var stranger = new SimulatedPhone(new PhoneOptions { Mac = mac, ProvisioningUrl = root });

        // A stranger fetched before: it has an account, and nothing that matters.
        await stranger.PowerOnAsync();
        await phone.PowerOnAsync();
        await phone.WaitForAsync<Registered>(timeout: Patience);
        await admin.PostAsync($"{Tenant}/devices", new { mac });
        await admin.PostAsync($"{Tenant}/users", new { userId = "bob", displayName = "Bob", initialPassword = Password });
        var code = (string)(await admin.PostAsync($"{device}:generateVerificationCode"))["verificationCode"]!;
        var enrolled = phone.LastSequence;
        var call = await phone.DialAsync($"*55*{code}");
        call.IsAnswered.Should().BeTrue();
        await call.Ended.WaitAsync(Patience);
        call.RtpPacketsReceived.Should().BePositive("the confirmation is audible");
        await phone.WaitForAsync<Registered>(timeout: Patience, after: enrolled);
        await admin.PostAsync($"{device}:assignUser", new { user = "bob" });
        await phone.WaitForAsync<Registered>(IsBobs, Patience, enrolled);

        // The stranger dials the code that was used, fetches again, reboots: nothing, and it is noticed.
        (await stranger.DialAsync($"*55*{code}")).StatusCode.Should().Be(403);
        await stranger.ResyncAsync();
        await stranger.PowerCycleAsync();
        stranger.Memory.Settings["account.1.label"].Should().NotBe("Bob");
        stranger.Memory.Settings["account.1.user_name"].Should().StartWith("c", "it is still a candidate");
        ((string?)(await admin.GetAsync(device))["state"]).Should().Be("SIGNED_IN");
        var kinds = (await admin.GetAsync($"{device}/events"))["events"]!.AsArray().Select(e => (string)e!["kind"]!);
        kinds.Should().Contain(k => k.Contains("stranger") || k.Contains("alert") || k.Contains("code_"), "somebody with this MAC was there");

        // Three power cuts with the network still pointing at the root.
        for (var cut = 0; cut < 3; cut++)
        {
            var mark = phone.LastSequence;
            await phone.PowerCycleAsync();
            await phone.WaitForAsync<Registered>(IsBobs, Patience, mark);
        }

        await ChangesWhileOffAsync(admin, device, phone);
    }

    [Fact]
    public async Task Restart_PhoneThatIgnoresNotify_FailsWithTheReasonAfterTheDeadline()
    {
        await using var gateway = await GatewayProcess.StartAsync(null, "--restart-deadline", "4");
        using var admin = new AdminRest(gateway.AdminClient());
        const string mac = "001565aabb21";
        var device = $"{Tenant}/devices/{mac}";
        await using var phone = new SimulatedPhone(new PhoneOptions { Mac = mac, ProvisioningUrl = new Uri($"http://{gateway["http"]}/") });
        await phone.PowerOnAsync();
        await phone.WaitForAsync<Registered>(timeout: Patience);
        await admin.PostAsync($"{Tenant}/devices", new { mac });
        var code = (string)(await admin.PostAsync($"{device}:generateVerificationCode"))["verificationCode"]!;
        var mark = phone.LastSequence;
        await (await phone.DialAsync($"*55*{code}")).Ended.WaitAsync(Patience);
        await phone.WaitForAsync<Registered>(timeout: Patience, after: mark);
        phone.Notifies = NotifyObedience.AnswersOnly;

        var operation = await admin.PostAsync($"{device}:restart");
        await phone.WaitForAsync<NotifyReceived>(n => n.Event.Contains("reboot=true"), Patience, mark);
        var now = await admin.GetAsync($"/v1/{operation["name"]}");

        ((bool?)now["done"]).Should().BeFalse("nothing proved a boot");
        ((string?)now["metadata"]!["status"]).Should().Be("RUNNING");
        var ended = await admin.OperationEndAsync((string)operation["name"]!, Patience);
        ((string?)ended["metadata"]!["status"]).Should().Be("FAILED");
        ended.ToJsonString().Should().Contain("did not restart");
    }

    [Fact]
    public async Task Fetch_ByNoSupportedPhone_IsRefusedInWordsAndTold()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using var admin = new AdminRest(gateway.AdminClient());
        const string mac = "001565aabb22";
        await admin.PostAsync($"{Tenant}/devices", new { mac });

        var (status, text) = await Programs.CurlAsync($"http://{gateway["http"]}/{mac}.cfg", "Toaster/1.0");

        status.Should().Be(403);
        text.Should().Contain("not that of a supported phone");
        await Eventually.GetAsync(
            async () => (await admin.GetAsync($"{Tenant}/devices/{mac}/events")).ToJsonString(),
            e => e.Contains("onboarding.unsupported") && e.Contains("Toaster/1.0"),
            Patience,
            "the refusal in the timeline");
    }

    private static async Task ChangesWhileOffAsync(AdminRest admin, string device, SimulatedPhone phone)
    {
        // Signed out while off: it comes back with a retired credential and is told what to fetch.
        await phone.PowerOffAsync();
        await admin.PostAsync($"{device}:signOut");
        var mark = phone.LastSequence;
        await phone.PowerOnAsync();
        await phone.WaitForAsync<Registered>(r => !IsBobs(r), Patience, mark);
        ((string?)(await admin.GetAsync(device))["state"]).Should().Be("WAITING_FOR_SIGN_IN");

        // Deleted while off: it starts anew, without a factory reset.
        await phone.PowerOffAsync();
        await admin.DeleteAsync(device);
        mark = phone.LastSequence;
        await phone.PowerOnAsync();
        await phone.WaitForAsync<Registered>(timeout: Patience, after: mark);
        phone.Memory.Settings["account.1.user_name"].Should().StartWith("c", "it is a candidate again");
    }

    private static bool IsBobs(Registered registered) => registered.Label == "Bob";
}
