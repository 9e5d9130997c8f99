using System.Net;
using SipGateway.Journeys.Tests.Running;
using SipGateway.PhoneSimulator;

namespace SipGateway.Journeys.Tests.Portal;

/// <summary>One gateway for all that is done in a browser; each test has phones of its own.</summary>
public sealed class PortalGateway : IAsyncLifetime
{
    public const string Tenant = "/v1/tenants/default";
    public const string Password = "correct horse battery";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static int phones;

    internal GatewayProcess Gateway { get; private set; } = null!;

    internal AdminRest Admin { get; private set; } = null!;

    internal string Key => Gateway.AdminKey();

    public async ValueTask InitializeAsync()
    {
        Gateway = await GatewayProcess.StartAsync();
        Admin = new AdminRest(Gateway.AdminClient());
        await Admin.PostAsync($"{Tenant}/users", new { userId = "alice", displayName = "Alice Ångström", phoneNumber = "+14255550100", initialPassword = Password });
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Gateway.DisposeAsync();
    }

    /// <summary>A factory-fresh phone at an address where no other is: on, and registered for dialling its code.</summary>
    internal async Task<SimulatedPhone> PhoneAsync(string mac)
    {
        var phone = new SimulatedPhone(new PhoneOptions
        {
            Mac = mac, ProvisioningUrl = new Uri($"http://{Gateway["http"]}/"),
            LocalAddress = new IPAddress([127, 0, 33, (byte)Interlocked.Increment(ref phones)]), RegistrationRetryDelay = TimeSpan.FromSeconds(1),
        });
        await phone.PowerOnAsync();
        await phone.WaitForAsync<Registered>(timeout: Patience);
        return phone;
    }

    /// <summary>A phone that its code was dialled on and that is registered with its own account.</summary>
    internal async Task<SimulatedPhone> EnrolledAsync(string mac, string location = "")
    {
        await Admin.PostAsync($"{Tenant}/devices", new { mac, location });
        var code = (string)(await Admin.PostAsync($"{Tenant}/devices/{mac}:generateVerificationCode"))["verificationCode"]!;
        var phone = await PhoneAsync(mac);
        await DialAsync(phone, $"*55*{code}");
        return phone;
    }

    /// <summary>Dials and waits until the phone is registered with an account of its own.</summary>
    internal static async Task DialAsync(SimulatedPhone phone, string digits)
    {
        var before = phone.LastSequence;
        var call = await phone.DialAsync(digits);
        call.StatusCode.Should().Be(200, call.Reason);
        await phone.WaitForAsync<Registered>(_ => phone.Memory.Settings["account.1.user_name"]!.StartsWith('d'), Patience, before);
    }
}
