using System.Text.Json;

namespace SipGateway.Trust;

/// <summary>The key ring of an embedded gateway: one JSON file in the data directory, readable by its owner alone.</summary>
public static class KeyRingFile
{
    /// <summary>Reads the ring, or makes one when there is no file yet.</summary>
    /// <exception cref="InvalidDataException">The file is there and is no key ring; nothing is overwritten.</exception>
    /// <exception cref="IOException">The file or its directory cannot be read or written.</exception>
    public static KeyRing LoadOrCreate(string path)
    {
        if (File.Exists(path))
        {
            return Load(path);
        }

        var ring = KeyRing.Create();
        Save(path, ring);
        return ring;
    }

    private static KeyRing Load(string path)
    {
        try
        {
            var stored = JsonSerializer.Deserialize<StoredKey[]>(File.ReadAllBytes(path)) ?? [];
            return new KeyRing(stored.Select(k => new RingKey(k.Id, [.. Convert.FromBase64String(k.Key)])));
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            throw new InvalidDataException(
                $"{path} is not a key ring ({e.Message}). Without it no phone's password can be read: restore it from a backup.", e);
        }
    }

    private static void Save(string path, KeyRing ring)
    {
        var stored = ring.Keys.Select(k => new StoredKey(k.Id, Convert.ToBase64String(k.Material.AsSpan())));
        SecretFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(stored));
    }

    private sealed record StoredKey(byte Id, string Key);
}
