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
            return KeyRingJson.Read(File.ReadAllBytes(path), path);
        }

        var ring = KeyRing.Create();
        SecretFile.Write(path, KeyRingJson.Write(ring));
        return ring;
    }
}
