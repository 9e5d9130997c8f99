using System.Text.Json;

namespace SipGateway.Trust;

/// <summary>A key ring as it is written down.</summary>
internal static class KeyRingJson
{
    /// <summary>Every key with its number, oldest first.</summary>
    public static byte[] Write(KeyRing ring) =>
        JsonSerializer.SerializeToUtf8Bytes(ring.Keys.Select(k => new StoredKey(k.Id, Convert.ToBase64String(k.Material.AsSpan()))));

    /// <summary>Reads what was written.</summary>
    /// <param name="json">The text.</param>
    /// <param name="place">Where it comes from, for a person.</param>
    /// <exception cref="InvalidDataException">It is no key ring.</exception>
    public static KeyRing Read(ReadOnlySpan<byte> json, string place)
    {
        try
        {
            var stored = JsonSerializer.Deserialize<StoredKey[]>(json) ?? [];
            return new KeyRing(stored.Select(k => new RingKey(k.Id, [.. Convert.FromBase64String(k.Key)])));
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            throw new InvalidDataException(
                $"{place} is not a key ring ({e.Message}). Without it no phone's password can be read: restore it from a backup.", e);
        }
    }

    private sealed record StoredKey(byte Id, string Key);
}
