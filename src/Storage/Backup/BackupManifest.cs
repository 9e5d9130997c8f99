using System.Security.Cryptography;
using System.Text.Json;

namespace SipGateway.Storage;

/// <summary>What a backup holds: every file with its SHA-256.</summary>
/// <param name="Format">Always 1.</param>
/// <param name="MadeAtUtc">When.</param>
/// <param name="Files">Path within the directory, with slashes, and digest in lower-case hex.</param>
public sealed record BackupManifest(int Format, DateTimeOffset MadeAtUtc, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>Its name in the archive, where it comes first.</summary>
    public const string Name = "manifest.json";

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>As JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It is none, or of a newer version.</exception>
    public static BackupManifest Read(Stream json)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(json, Options);
            return manifest is { Format: 1, Files: not null }
                ? manifest
                : throw new InvalidDataException("The backup is of a newer version of the gateway: restore it with that one.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The file is no backup of a gateway: its list of files cannot be read ({e.Message}).", e);
        }
    }

    /// <summary>The digest of a file.</summary>
    public static string DigestOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
