using System.Collections.Immutable;
using System.IO.Compression;
using SipGateway.Trust;

namespace SipGateway.Grains.Devices;

/// <summary>What is kept of a phone's files.</summary>
internal static class PhoneFileRules
{
    /// <summary>Default: 8 files, what the phones of the vendor that sends most have.</summary>
    public const int MaxFiles = 8;

    /// <summary>Default: 512 KB of one phone, packed and locked: all of it is written with each file.</summary>
    public const int MaxLockedChars = 512 * 1024;

    /// <summary>The files with one more; the owner's alone, the oldest out first.</summary>
    public static PhoneFilesState Keep(PhoneFilesState state, string owner, StoredPhoneFile file)
    {
        var others = state.Owner == owner ? state.Files.RemoveAll(f => f.Name == file.Name) : [];
        var files = others.Add(file);
        while (files.Length > MaxFiles || (files.Length > 1 && files.Sum(f => f.LockedContent.Length) > MaxLockedChars)) files = files.RemoveAt(0);
        return new PhoneFilesState { Owner = owner, Files = files, Unknown = state.Unknown };
    }

    /// <summary>Packs and locks.</summary>
    public static string Lock(KeyRing ring, string mac, string name, ImmutableArray<byte> content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content.AsSpan());
        return SecretBox.Lock(ring, Convert.ToBase64String(packed.ToArray()), Place(mac, name));
    }

    /// <summary>Unlocks and unpacks; null when its key is gone.</summary>
    public static ImmutableArray<byte>? Unlock(KeyRing ring, string mac, StoredPhoneFile file)
    {
        if (SecretBox.Unlock(ring, file.LockedContent, Place(mac, file.Name)) is not { } packed) return null;
        using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        var content = new byte[file.Length];
        gzip.ReadExactly(content);
        return [.. content];
    }

    private static string Place(string mac, string name) => $"device/{mac}/files/{name}";
}
