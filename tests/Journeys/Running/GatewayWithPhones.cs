using System.Net;
using SipGateway.PhoneSimulator;

namespace SipGateway.Journeys.Tests.Running;

/// <summary>One gateway for tests that bring phones of their own, each at an address where no other is.</summary>
public abstract class GatewayWithPhones : IAsyncLifetime
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static int phones;

    internal GatewayProcess Gateway { get; private set; } = null!;

    internal AdminRest Admin { get; private set; } = null!;

    /// <summary>The third byte of the phones' addresses.</summary>
    protected abstract byte Subnet { get; }

    public async ValueTask InitializeAsync()
    {
        Gateway = await GatewayProcess.StartAsync();
        Admin = new AdminRest(Gateway.AdminClient());
        await PrepareAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Admin.Dispose();
        await Gateway.DisposeAsync();
    }

    /// <summary>Tenants and people.</summary>
    protected abstract Task PrepareAsync();

    /// <summary>A factory-fresh phone that says this MAC: on, and registered as a candidate.</summary>
    internal async Task<SimulatedPhone> PhoneAsync(string mac)
    {
        var phone = new SimulatedPhone(new PhoneOptions
        {
            Mac = mac, ProvisioningUrl = new Uri($"http://{Gateway["http"]}/"),
            LocalAddress = new IPAddress([127, 0, Subnet, (byte)Interlocked.Increment(ref phones)]), RegistrationRetryDelay = TimeSpan.FromSeconds(1),
        });
        await phone.PowerOnAsync();
        await phone.WaitForAsync<Registered>(timeout: Patience);
        return phone;
    }

    /// <summary>Claims and gives the code.</summary>
    internal async Task<string> CodeAsync(string tenant, string mac, string location = "")
    {
        await Admin.PostAsync($"{tenant}/devices", new { mac, location });
        return (string)(await Admin.PostAsync($"{tenant}/devices/{mac}:generateVerificationCode"))["verificationCode"]!;
    }

    /// <summary>Dials the code and waits until the phone is registered with its own account.</summary>
    internal static Task EnrolAsync(SimulatedPhone phone, string code) => DialAsync(phone, $"*55*{code}");

    /// <summary>Dials and waits until the phone is registered with an account of its own.</summary>
    internal static async Task DialAsync(SimulatedPhone phone, string digits)
    {
        var before = phone.LastSequence;
        var call = await phone.DialAsync(digits);
        call.StatusCode.Should().Be(200, call.Reason);
        await OwnAsync(phone, before);
    }

    /// <summary>Waits until the phone is registered with an account of its own.</summary>
    internal static async Task OwnAsync(SimulatedPhone phone, long after) =>
        await phone.WaitForAsync<Registered>(_ => UserOf(phone).StartsWith('d'), Patience, after);

    /// <summary>The name of its account: <c>c…</c> for a candidate, <c>d…</c> for a phone in service.</summary>
    internal static string UserOf(SimulatedPhone phone) => phone.Memory.Settings["account.1.user_name"]!;
}
