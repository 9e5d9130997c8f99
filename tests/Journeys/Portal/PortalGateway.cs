using SipGateway.Journeys.Tests.Running;
using SipGateway.PhoneSimulator;

namespace SipGateway.Journeys.Tests.Portal;

/// <summary>One gateway for all that is done in a browser; each test has phones of its own.</summary>
public sealed class PortalGateway : GatewayWithPhones
{
    public const string Tenant = "/v1/tenants/default";
    public const string Password = "correct horse battery";

    internal string Key => Gateway.AdminKey();

    protected override byte Subnet => 33;

    protected override Task PrepareAsync() => Admin.PostAsync(
        $"{Tenant}/users", new { userId = "alice", displayName = "Alice Ångström", phoneNumber = "+14255550100", initialPassword = Password });

    /// <summary>A phone that its code was dialled on and that is registered with its own account.</summary>
    internal async Task<SimulatedPhone> EnrolledAsync(string mac, string location = "")
    {
        var code = await CodeAsync(Tenant, mac, location);
        var phone = await PhoneAsync(mac);
        await EnrolAsync(phone, code);
        return phone;
    }
}
