using SipGateway.Journeys.Tests.Running;
using SipGateway.PhoneSimulator;

namespace SipGateway.Journeys.Tests;

/// <summary>
/// A phone of every vendor from its box to sign-out, in its own dialect: the files it asks for, the events it knows, the challenge it answers a
/// NOTIFY with; three power cuts with DHCP option 66 still set; and back with the line it has then after its account changed while it was off. All
/// of them at one gateway at one time.
/// </summary>
public sealed class VendorJourneyTests(VendorJourneys journeys, ITestOutputHelper output) : IClassFixture<VendorJourneys>
{
    /// <summary>Whoever the simulator can be.</summary>
    public static TheoryData<string> Vendors => [.. PhoneOptions.KnownVendors];

    [Theory, MemberData(nameof(Vendors))]
    public async Task Phone_OfEveryVendor_LivesFromItsBoxToSignOut(string vendor)
    {
        try
        {
            await journeys.Of(vendor);
        }
        catch
        {
            output.WriteLine(string.Join('\n', journeys.HistoryOf(vendor)));
            throw;
        }
    }
}

/// <summary>The lives of all vendors' phones.</summary>
public sealed class VendorJourneys : IAsyncLifetime
{
    private const string Tenant = "/v1/tenants/default";
    private const string Number = "+14255550180";
    private const string NumberOfBob = "+14255550181";

    // Names come from identity providers, too, which refuse nothing.
    private const string NameOfAlice = "Alice {{SipPassword}} <&>]]> \"Ann\" 'x' %00 ../";
    // A speaker that shows nothing but its line's label.
    private const string Nameless = "algo";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Their one event boots them, or never does: a setting says which, and a changed file boots them in either case.
    private static readonly string[] ResyncBoots = ["audiocodes", "poly", "spectralink"];

    private readonly Dictionary<string, (SimulatedPhone Phone, Task Life)> _lives = [];
    private GatewayProcess? _gateway;
    private AdminRest? _admin;

    public Task Of(string vendor) => _lives[vendor].Life;

    public IReadOnlyList<PhoneEvent> HistoryOf(string vendor) => _lives[vendor].Phone.History;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayProcess.StartAsync();
        _admin = new AdminRest(_gateway.AdminClient());
        await _admin.PostAsync($"{Tenant}/users", new { userId = "alice", displayName = NameOfAlice, phoneNumber = Number });
        await _admin.PostAsync($"{Tenant}/users", new { userId = "bob", displayName = "Bob", phoneNumber = NumberOfBob });
        foreach (var (i, vendor) in PhoneOptions.KnownVendors.Index())
        {
            var phone = new SimulatedPhone(new PhoneOptions
            {
                Vendor = vendor, Mac = $"0a15650000{0xa0 + i:x2}", ProvisioningUrl = new Uri($"http://{_gateway["http"]}/"),
                LocalAddress = new System.Net.IPAddress([127, 0, 21, (byte)(1 + i)]), RegistrationRetryDelay = TimeSpan.FromSeconds(2),
            });
            _lives[vendor] = (phone, LiveAsync(vendor, phone, _admin));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_lives.Values.Select(life => life.Life)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (phone, _) in _lives.Values)
            await phone.DisposeAsync();
        _admin?.Dispose();
        if (_gateway is not null)
            await _gateway.DisposeAsync();
    }

    private static async Task LiveAsync(string vendor, SimulatedPhone phone, AdminRest admin)
    {
        var device = $"{Tenant}/devices/{phone.Mac}";
        await EnrolAsync(phone, admin, device);
        await SignInAsync(vendor, phone, admin, device);
        var before = phone.LastSequence;
        await ObeysAsync(phone, admin, device, "resync");
        phone.History.OfType<Rebooting>().Any().Should().Be(ResyncBoots.Contains(vendor));

        // What is told to a phone that boots is lost, and told again only after most of a minute.
        if (ResyncBoots.Contains(vendor))
            await phone.WaitForAsync<Registered>(timeout: Patience, after: before);
        await ObeysAsync(phone, admin, device, "restart");
        phone.History.OfType<Rebooting>().Should().NotBeEmpty();
        for (var cut = 0; cut < 3; cut++)
            await IsBackAsync(phone, () => phone.PowerCycleAsync());
        await ChangedWhileOffAsync(phone, admin, device, "alice", Number);
        await ChangedWhileOffAsync(phone, admin, device, "bob", NumberOfBob);
        await SignOutAsync(phone, admin, device);
        phone.History.OfType<ConfigurationApplied>().SelectMany(applied => applied.Faults).Should().BeEmpty("the phone understands all of its files");
    }

    private static async Task EnrolAsync(SimulatedPhone phone, AdminRest admin, string device)
    {
        await phone.PowerOnAsync();
        await phone.WaitForAsync<Registered>(timeout: Patience);
        await admin.PostAsync($"{Tenant}/devices", new { mac = phone.Mac, location = "Desk" });
        var code = (string)(await admin.PostAsync($"{device}:generateVerificationCode"))["verificationCode"]!;
        var before = phone.LastSequence;
        var call = await phone.DialAsync($"*55*{code}#");
        call.StatusCode.Should().Be(200);
        await call.Ended.WaitAsync(Patience);
        await admin.DeviceInStateAsync(Tenant, phone.Mac, "WAITING_FOR_SIGN_IN", Patience);
        await phone.WaitForAsync<Registered>(timeout: Patience, after: before);
    }

    private static async Task SignInAsync(string vendor, SimulatedPhone phone, AdminRest admin, string device)
    {
        if (phone.SignInKeyUrl is not null)
            (await phone.ReadPairingCodeAsync()).SignInUrl.Should().EndWith("/signin");
        await IsBackAsync(phone, () => admin.PostAsync($"{device}:assignUser", new { user = "alice" }));
        (await admin.DeviceInStateAsync(Tenant, phone.Mac, "SIGNED_IN", Patience)).Should().NotBeNull();
        if (vendor == Nameless) return;
        var name = NameOfAlice.Replace('"', '\'');
        phone.Memory.Settings.Values.Values.Should().Contain(value => value.Replace('"', '\'') == name, "a name is a name to the phone");
    }

    // Signed out and in again while it was off: name and password of its account are of another epoch when it comes back, and nobody is there.
    private static async Task ChangedWhileOffAsync(SimulatedPhone phone, AdminRest admin, string device, string user, string number)
    {
        var former = phone.Memory.Settings.Values.ToDictionary();
        await phone.PowerOffAsync();
        await admin.PostAsync($"{device}:signOut");
        await admin.PostAsync($"{device}:assignUser", new { user });
        await IsBackAsync(phone, () => phone.PowerOnAsync(), number);
        var view = await admin.DeviceInStateAsync(Tenant, phone.Mac, "SIGNED_IN", Patience);
        view["bindings"]!.AsArray().Should().Contain(binding => (bool?)binding!["restricted"] != true, "it registers with what is good now");
        var changed = phone.Memory.Settings.Values.Count(setting => former.GetValueOrDefault(setting.Key) != setting.Value);
        changed.Should().BeGreaterThan(1, "name and password are new");
    }

    private static async Task ObeysAsync(SimulatedPhone phone, AdminRest admin, string device, string command)
    {
        var before = phone.LastSequence;
        var operation = await admin.PostAsync($"{device}:{command}");
        await phone.WaitForAsync<NotifyReceived>(notify => notify.StatusCode == 200, Patience, before);
        var ended = await admin.OperationEndAsync((string)operation["name"]!, Patience);
        ((string?)ended["metadata"]!["status"]).Should().Be("SUCCEEDED", ended.ToJsonString());
    }

    // An adapter has no label of a line, only the name that others are shown; between quotes that know no escape a quote is an apostrophe.
    private static bool IsUsers(Registered registered, string number) =>
        registered.Label == number || registered.Label.Replace('"', '\'') == (number == Number ? NameOfAlice.Replace('"', '\'') : "Bob");

    // Back with the user's line, by itself.
    private static async Task IsBackAsync(SimulatedPhone phone, Func<Task> doing, string number = Number)
    {
        var before = phone.LastSequence;
        await doing();
        await phone.WaitForAsync<Registered>(registered => IsUsers(registered, number), Patience, before);
    }

    private static async Task SignOutAsync(SimulatedPhone phone, AdminRest admin, string device)
    {
        var before = phone.LastSequence;
        await admin.PostAsync($"{device}:signOut");
        await admin.DeviceInStateAsync(Tenant, phone.Mac, "WAITING_FOR_SIGN_IN", Patience);
        await phone.WaitForAsync<Registered>(registered => !IsUsers(registered, Number) && !IsUsers(registered, NumberOfBob), Patience, before);
    }
}
