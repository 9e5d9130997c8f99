using System.Net;
using SipGateway.Journeys.Tests.Running;
using SipGateway.PhoneSimulator;

namespace SipGateway.Journeys.Tests;

/// <summary>
/// An adapter with two ports, and DECT bases with handsets: one device whose lines have each its own code, user, registration and state.
/// </summary>
public sealed class LineJourneyTests(ITestOutputHelper output)
{
    private const string Tenant = "/v1/tenants/default";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Lines_OfAdaptersAndBases_LiveEachItsOwnLife()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using var admin = new AdminRest(gateway.AdminClient());
        foreach (var (user, number) in new[] { ("alice", "+14255550191"), ("bob", "+14255550192") })
            await admin.PostAsync($"{Tenant}/users", new { userId = user, displayName = user, phoneNumber = number });
        (string Vendor, string Model)[] devices =
        [
            ("ciscoata", ""), ("grandstream", "HT802"), ("yealink", "W60B"), ("gigaset", ""), ("snomdect", ""), ("polyobi", "OBi302"),
            ("audiocodesmp", "MP-114 FXS"), ("panasonic", "KX-TGP600"),
        ];

        await Task.WhenAll(devices.Select((device, n) => LiveAsync(gateway, admin, device.Vendor, device.Model, n)));
    }

    private async Task LiveAsync(GatewayProcess gateway, AdminRest admin, string vendor, string model, int n)
    {
        await using var phone = new SimulatedPhone(new PhoneOptions
        {
            Vendor = vendor, Model = model, Mac = $"0a156500{0xb0 + n:x2}01", ProvisioningUrl = new Uri($"http://{gateway["http"]}/"),
            LocalAddress = new IPAddress([127, 0, 22, (byte)(1 + n)]), RegistrationRetryDelay = TimeSpan.FromSeconds(2),
        });
        var device = $"{Tenant}/devices/{phone.Mac}";
        try
        {
            await EnrolAsync(phone, admin, device, 1, $"{device}:generateVerificationCode", () => admin.PostAsync($"{Tenant}/devices", new { mac = phone.Mac }));
            await admin.DeviceInStateAsync(Tenant, phone.Mac, "WAITING_FOR_SIGN_IN", Patience);
            await IsBackAsync(phone, 1, "+14255550191", () => admin.PostAsync($"{device}:assignUser", new { user = "alice" }));
            await SecondLineAsync(phone, admin, device);
            phone.History.OfType<ConfigurationApplied>().SelectMany(applied => applied.Faults).Should().BeEmpty();
        }
        catch
        {
            output.WriteLine(string.Join('\n', gateway.Output.Split('\n').TakeLast(40)));
            output.WriteLine(vendor + "\n" + string.Join('\n', phone.History));
            throw;
        }
    }

    private static async Task SecondLineAsync(SimulatedPhone phone, AdminRest admin, string device)
    {
        var second = $"{device}/lines/2";
        var before = phone.LastSequence;
        await admin.PostAsync($"{Tenant}/devices", new { mac = $"{phone.Mac}:002", location = "Gate" });
        await phone.WaitForAsync<Registered>(registered => registered.Line == 2, Patience, before);
        ((string?)(await admin.GetAsync(second))["state"]).Should().Be("WAITING_ON_ACTIVATION", "its own code was not dialled yet");
        await DialAsync(phone, admin, 2, $"{second}:generateVerificationCode");
        ((string?)(await admin.GetAsync(second))["state"]).Should().Be("WAITING_FOR_SIGN_IN");

        await IsBackAsync(phone, 2, "+14255550192", () => admin.PostAsync($"{second}:assignUser", new { user = "bob" }));
        var lines = (await admin.GetAsync($"{device}/lines"))["lines"]!.AsArray();
        lines.Select(line => ((string?)line!["state"], (string?)line["user"])).Should().Equal(("SIGNED_IN", "alice"), ("SIGNED_IN", "bob"));
        (await admin.GetAsync($"{Tenant}/devices?filter=mac%3D{phone.Mac}"))["devices"]!.AsArray().Should().ContainSingle("it is one device");

        // One line's sign-out is none of the other's business, and a power cut brings both back as they were.
        before = phone.LastSequence;
        await admin.PostAsync($"{second}:signOut");
        await phone.WaitForAsync<Registered>(registered => registered.Line == 2 && !IsUsers(registered, "+14255550192"), Patience, before);
        ((string?)(await admin.GetAsync(device))["state"]).Should().Be("SIGNED_IN");
        await IsBackAsync(phone, 1, "+14255550191", () => phone.PowerCycleAsync());

        before = phone.LastSequence;
        await admin.DeleteAsync(device);
        (await admin.TryAsync(HttpMethod.Get, second)).Status.Should().Be(HttpStatusCode.NotFound, "the line goes with its device");
    }

    private static async Task EnrolAsync(SimulatedPhone phone, AdminRest admin, string device, int line, string codePath, Func<Task> claim)
    {
        await phone.PowerOnAsync();
        await phone.WaitForAsync<Registered>(timeout: Patience);
        await claim();
        var before = phone.LastSequence;
        await DialAsync(phone, admin, line, codePath);
        await phone.WaitForAsync<Registered>(timeout: Patience, after: before);
    }

    private static async Task DialAsync(SimulatedPhone phone, AdminRest admin, int line, string codePath)
    {
        var code = (string)(await admin.PostAsync(codePath))["verificationCode"]!;
        var call = await phone.DialAsync($"*55*{code}#", line);
        call.StatusCode.Should().Be(200);
        await call.Ended.WaitAsync(Patience);
    }

    private static async Task IsBackAsync(SimulatedPhone phone, int line, string label, Func<Task> doing)
    {
        var before = phone.LastSequence;
        await doing();
        await phone.WaitForAsync<Registered>(registered => registered.Line == line && IsUsers(registered, label), Patience, before);
    }

    // An adapter has no label of a line, only the name that others are shown.
    private static bool IsUsers(Registered registered, string number) => registered.Label == number || registered.Label == (number[^1] == '1' ? "alice" : "bob");
}
