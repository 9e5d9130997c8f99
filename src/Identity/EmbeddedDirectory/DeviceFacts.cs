using System.Text.Json;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Identity;

/// <summary>
/// What the page shows of the phone before any password. It travels inside the request for a code, sealed under the key ring, and is
/// kept with the code.
/// </summary>
internal sealed record DeviceFacts(string Tenant, string MacEnding, string Model, string Network)
{
    /// <summary>The request parameter it travels in.</summary>
    public const string Parameter = "sipgw_device";

    public const string TenantClaim = "tenant";
    public const string MacEndingClaim = "device_mac_ending";
    public const string ModelClaim = "device_model";
    public const string NetworkClaim = "device_network";

    private const string Place = "directory/device-facts";

    public static DeviceFacts Of(SignInAttempt attempt) => new(
        attempt.Tenant, EndingOf(LineKey.MacOf(attempt.Mac)), attempt.Model, attempt.Network);

    private static string EndingOf(string mac) => mac.Length > 4 ? mac[^4..] : mac;

    public string Lock(KeyRing ring) => SecretBox.Lock(ring, JsonSerializer.Serialize(this), Place);

    /// <summary>Null when it was not sealed by this gateway.</summary>
    public static DeviceFacts? Unlock(KeyRing ring, string? text) =>
        text is { Length: > 0 } && SecretBox.Unlock(ring, text, Place) is { } json ? JsonSerializer.Deserialize<DeviceFacts>(json) : null;
}
