using System.Net;
using SipGateway.Journeys.Tests.Running;
using SipGateway.PhoneSimulator;

namespace SipGateway.Journeys.Tests.Attacks;

/// <summary>One gateway with two tenants for all that strangers try; each test has MACs and addresses of its own.</summary>
public sealed class AttackedGateway : IAsyncLifetime
{
    public const string Owner = "/v1/tenants/default";
    public const string Other = "/v1/tenants/globex";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static int phones;

    internal GatewayProcess Gateway { get; private set; } = null!;

    internal AdminRest Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Gateway = await GatewayProcess.StartAsync();
        Admin = new AdminRest(Gateway.AdminClient());
        await Admin.PostAsync("/v1/tenants", new { tenantId = "globex" });
        await Admin.PostAsync($"{Owner}/users", new { userId = "alice", displayName = "Alice", initialPassword = "correct horse battery" });
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Gateway.DisposeAsync();
    }

    /// <summary>A phone that says this MAC, from an address where no other is; on, and registered as a candidate.</summary>
    internal async Task<SimulatedPhone> CandidateAsync(string mac)
    {
        var phone = new SimulatedPhone(new PhoneOptions
        {
            Mac = mac, ProvisioningUrl = new Uri($"http://{Gateway["http"]}/"),
            LocalAddress = new IPAddress([127, 0, 22, (byte)Interlocked.Increment(ref phones)]), RegistrationRetryDelay = TimeSpan.FromSeconds(1),
        });
        await phone.PowerOnAsync();
        await phone.WaitForAsync<Registered>(timeout: Patience);
        return phone;
    }

    /// <summary>Claims and gives the code.</summary>
    internal async Task<string> CodeAsync(string tenant, string mac)
    {
        await Admin.PostAsync($"{tenant}/devices", new { mac });
        return (string)(await Admin.PostAsync($"{tenant}/devices/{mac}:generateVerificationCode"))["verificationCode"]!;
    }

    /// <summary>Dials the code and waits until the phone is registered with its own account.</summary>
    internal static async Task EnrolAsync(SimulatedPhone phone, string code)
    {
        var before = phone.LastSequence;
        var call = await phone.DialAsync($"*55*{code}");
        call.StatusCode.Should().Be(200, call.Reason);
        await OwnAsync(phone, before);
    }

    /// <summary>Waits until the phone is registered with an account of its own.</summary>
    internal static async Task OwnAsync(SimulatedPhone phone, long after)
    {
        await phone.WaitForAsync<Registered>(_ => UserOf(phone).StartsWith('d'), Patience, after);
    }

    /// <summary>The name of its account: <c>c…</c> for a candidate, <c>d…</c> for a phone in service.</summary>
    internal static string UserOf(SimulatedPhone phone) => phone.Memory.Settings["account.1.user_name"]!;

    /// <summary>What is in the phone's timeline, as a tenant sees it.</summary>
    internal async Task<List<string>> KindsAsync(string tenant, string mac) =>
        [.. (await Admin.GetAsync($"{tenant}/devices/{mac}/events"))["events"]!.AsArray().Select(e => (string)e!["kind"]!)];
}

/// <summary>The tests that share it.</summary>
[CollectionDefinition(Name)]
public sealed class AttackedGateways : ICollectionFixture<AttackedGateway>
{
    public const string Name = "attacked gateway";
}
