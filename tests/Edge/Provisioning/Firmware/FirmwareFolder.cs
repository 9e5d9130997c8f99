using System.Security.Cryptography;

namespace SipGateway.Edge.Tests.Provisioning.Firmware;

/// <summary>A firmware folder on the disk, as an operator fills it.</summary>
internal sealed class FirmwareFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("sipgw-firmware-").FullName;

    /// <summary>Writes a file of so many bytes that say their own place.</summary>
    public byte[] Put(string name, int length = 1000)
    {
        var bytes = Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray();
        File.WriteAllBytes(At(name), bytes);
        return bytes;
    }

    public string At(string name) => Path.Combine(Root, name);

    /// <summary>A row for a Yealink T46S; the digest is the file's.</summary>
    public string Row(string file, string version = "66.86.5.1", string channel = "stable", string more = "") =>
        $"yealink\tT46S\t{version}\t{channel}\t{file}\t{(File.Exists(At(file)) ? Digest(file) : new string('0', 64))}{more}\n";

    public string Digest(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(At(file))));

    public void Manifest(params string[] rows) => File.WriteAllText(At(FirmwareManifest.FileName), string.Concat(rows));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
