using System.Text.Json;

namespace SipGateway.PhoneSimulator;

/// <summary>What a phone keeps over a power cut: its settings, the hashes of the files it read, and the CA it was given.</summary>
public sealed class PhoneMemory
{
    private readonly string? _path;

    private PhoneMemory(string? path, Contents contents)
    {
        _path = path;
        Settings = new PhoneSettings(contents.Settings);
        FileHashes = new(contents.FileHashes);
        TrustedCertificatePem = contents.TrustedCertificatePem;
    }

    /// <summary>The phone's configuration.</summary>
    public PhoneSettings Settings { get; }

    /// <summary>The certificates fetched from <c>static.trusted_certificates.url</c>, as PEM; null when none were.</summary>
    public string? TrustedCertificatePem { get; internal set; }

    /// <summary>MD5 of each file by name: the phone applies a file again only when it changed.</summary>
    internal Dictionary<string, string> FileHashes { get; }

    /// <summary>A factory-fresh memory that lives as long as the process.</summary>
    public static PhoneMemory InProcess() => new(null, new Contents());

    /// <summary>A memory in a file; factory-fresh when the file is not there.</summary>
    public static PhoneMemory InFile(string path) => new(path, File.Exists(path)
        ? JsonSerializer.Deserialize<Contents>(File.ReadAllBytes(path)) ?? new Contents()
        : new Contents());

    internal void Save()
    {
        if (_path is null)
        {
            return;
        }

        // It holds SIP secrets: for the owner alone, and never half written.
        var temporary = _path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(file, new Contents
            {
                Settings = new(Settings.Values),
                FileHashes = FileHashes,
                TrustedCertificatePem = TrustedCertificatePem,
            });
        }

        File.Move(temporary, _path, overwrite: true);
    }

    internal void Clear()
    {
        Settings.Clear();
        FileHashes.Clear();
        TrustedCertificatePem = null;
        Save();
    }

    private sealed record Contents
    {
        public Dictionary<string, string> Settings { get; init; } = [];

        public Dictionary<string, string> FileHashes { get; init; } = [];

        public string? TrustedCertificatePem { get; init; }
    }
}
