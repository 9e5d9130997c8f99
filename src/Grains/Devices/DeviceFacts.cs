using System.Collections.Immutable;
using System.Net;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Grains;

/// <summary>What a rule may know besides the device itself: the time, the keys, the tenants, and where random bits come from.</summary>
/// <param name="Mac">The device.</param>
/// <param name="Now">The time of the decision.</param>
/// <param name="Keys">The key ring.</param>
/// <param name="Options">The bounds.</param>
/// <param name="Tenants">Every tenant that claims or holds the device, or asks.</param>
/// <param name="RandomBytes">Gives so many random bytes.</param>
internal sealed record DeviceFacts(
    string Mac,
    DateTimeOffset Now,
    KeyRing Keys,
    DeviceOptions Options,
    ImmutableDictionary<string, TenantSnapshot> Tenants,
    Func<int, byte[]> RandomBytes)
{
    public TenantSettings SettingsOf(string tenant) => Tenants.TryGetValue(tenant, out var snapshot) ? snapshot.Settings : new TenantSettings();

    public TenantSnapshot? TenantOf(string tenant) => Tenants.GetValueOrDefault(tenant);

    /// <summary>128 random bits, 32 hex digits.</summary>
    public string NewSecret() => Convert.ToHexStringLower(RandomBytes(16));

    /// <summary>A short random name for orders and attempts.</summary>
    public string NewId() => Convert.ToHexStringLower(RandomBytes(8));

    /// <summary>Whether a tenant trusts the network that this peer is in.</summary>
    public bool IsTrustedNetwork(string tenant, string source) =>
        IPAddress.TryParse(AddressOf(source), out var address)
        && SettingsOf(tenant).TrustedRanges.Any(r => IPNetwork.TryParse(r, out var range) && range.Contains(address));

    /// <summary>A peer's address without its port; a phone's next connection has another port.</summary>
    public static string AddressOf(string source) => IPEndPoint.TryParse(source, out var peer) ? peer.Address.ToString() : source;
}
