using System.Buffers.Binary;

namespace SipGateway.Trust;

/// <summary>
/// The SIP user name of a device's line: it names device, line and credential epoch, and carries a 64-bit keyed tag, so that an edge
/// refuses invented names by itself and no grain wakes for noise.
/// </summary>
/// <param name="Mac">12 lower-case hex digits.</param>
/// <param name="Line">1 for a desk phone's only line.</param>
/// <param name="Epoch">Rises with every new credential of the device; an older one is a retired credential.</param>
public sealed record DeviceSipUser(string Mac, byte Line, uint Epoch)
{
    /// <summary>The first letter of every device's SIP user name.</summary>
    public const char Prefix = 'd';

    private const int PayloadLength = 6 + 1 + 4;
    private const string Purpose = "device-sip-user";

    /// <summary>The name as a phone uses it: 33 characters, letters and digits.</summary>
    public string Format(KeyRing ring)
    {
        Span<byte> payload = stackalloc byte[PayloadLength];
        Convert.FromHexString(Mac).CopyTo(payload);
        payload[6] = Line;
        BinaryPrimitives.WriteUInt32BigEndian(payload[7..], Epoch);
        return Prefix + Base32.Encode(Seal.Close(ring, Purpose, payload));
    }

    /// <summary>Reads a name back; null when it is not one of ours.</summary>
    public static DeviceSipUser? Parse(KeyRing ring, string sipUser)
    {
        Span<byte> whole = stackalloc byte[PayloadLength + Seal.Overhead];
        Span<byte> payload = stackalloc byte[PayloadLength];
        return sipUser.Length > 0 && sipUser[0] == Prefix && Base32.TryDecode(sipUser.AsSpan(1), whole)
            && Seal.TryOpen(ring, Purpose, whole, payload)
            ? new DeviceSipUser(Convert.ToHexStringLower(payload[..6]), payload[6], BinaryPrimitives.ReadUInt32BigEndian(payload[7..]))
            : null;
    }
}
