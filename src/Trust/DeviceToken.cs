using System.Buffers.Text;

namespace SipGateway.Trust;

/// <summary>What a token of a device in service opens.</summary>
public enum DeviceTokenKind
{
    /// <summary>Its configuration, secrets included.</summary>
    Config,

    /// <summary>The screens it shows; yields no secret.</summary>
    Screen,
}

/// <summary>
/// The token in a device's own URL. It names the device, so that an edge finds the grain, and carries 128 random bits that only
/// that device's state can confirm; the tag lets an edge drop inventions without waking a grain.
/// </summary>
/// <param name="Mac">12 lower-case hex digits.</param>
/// <param name="Random">32 lower-case hex digits; the state of the device decides whether it is still good.</param>
public sealed record DeviceToken(string Mac, string Random)
{
    private const int PayloadLength = 6 + 16;

    /// <summary>The token as it stands in a URL: 42 characters.</summary>
    public string Format(KeyRing ring, DeviceTokenKind kind)
    {
        Span<byte> payload = stackalloc byte[PayloadLength];
        Convert.FromHexString(Mac).CopyTo(payload);
        Convert.FromHexString(Random).CopyTo(payload[6..]);
        return Base64Url.EncodeToString(Seal.Close(ring, Purpose(kind), payload));
    }

    /// <summary>Reads a token back; null when it is not one of ours or of the other kind.</summary>
    public static DeviceToken? Parse(KeyRing ring, DeviceTokenKind kind, string token)
    {
        Span<byte> payload = stackalloc byte[PayloadLength];
        return SealedText.TryOpen(ring, Purpose(kind), token, payload)
            ? new DeviceToken(Convert.ToHexStringLower(payload[..6]), Convert.ToHexStringLower(payload[6..]))
            : null;
    }

    /// <summary>Names the device, never the secret part.</summary>
    public override string ToString() => $"DeviceToken {Mac}/…";

    private static string Purpose(DeviceTokenKind kind) => kind == DeviceTokenKind.Config ? "device-config-token" : "device-screen-token";
}
