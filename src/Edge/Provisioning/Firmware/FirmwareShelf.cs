using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SipGateway.Edge;

/// <summary>
/// The firmware folder as it was when all of it was right: manifest, files and digests. It is looked at again and again; while something in it is wrong
/// (a file half copied, a manifest half written) the last good one counts, and the operator is told.
/// </summary>
internal sealed partial class FirmwareShelf(ProvisioningOptions options, EdgeAlerts alerts, TimeProvider time, ILogger<FirmwareShelf> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    private readonly string folder = options.FirmwareDirectory.Length == 0
        ? ""
        : Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.FirmwareDirectory));

    private readonly string[] vendors = [.. Vendors.All.Where(v => v.TakesFirmware).Select(v => v.Vendor)];
    private readonly Dictionary<HostedFile, string> digests = [];
    private volatile Shelved good = new([], FrozenDictionary<string, ShelvedFile>.Empty);
    private string told = "";

    /// <summary>Whether there is a folder.</summary>
    public bool IsOn => folder.Length > 0;

    /// <summary>What is here for phones.</summary>
    public ImmutableArray<FirmwareEntry> Entries => good.Entries;

    /// <summary>A file by its name: only one that the manifest names, and only while it is what was digested.</summary>
    public ShelvedFile? Find(string name) =>
        good.Files.TryGetValue(name, out var shelved) && HostedFile.Find(folder, name) == shelved.File ? shelved : null;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!IsOn) return;
        await ReloadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Looks at the folder; takes it when all is right.</summary>
    internal async Task ReloadAsync(CancellationToken cancellation)
    {
        var (next, errors) = await ReadAsync(cancellation);
        if (next is not null)
        {
            good = next;
            told = "";
            return;
        }

        var sentence = $"The firmware folder is not as its manifest says, so what was right before goes on. {string.Join(' ', errors.Take(5))}";
        alerts.Raise(sentence);
        if (told == sentence) return;
        told = sentence;
        LogWrong(sentence);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookAgain, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await ReloadAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task<(Shelved? Next, IReadOnlyList<string> Errors)> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var text = await File.ReadAllTextAsync(Path.Combine(folder, FirmwareManifest.FileName), cancellation);
            var (entries, errors) = FirmwareManifest.Read(text, vendors);
            if (errors.Count > 0) return (null, errors);
            var files = new Dictionary<string, ShelvedFile>(StringComparer.Ordinal);
            var wrong = new List<string>();
            foreach (var entry in entries.DistinctBy(e => e.File, StringComparer.Ordinal))
            {
                if (HostedFile.Find(folder, entry.File) is not { } file) wrong.Add($"There is no file '{entry.File}' in the folder itself.");
                else if (await DigestAsync(file, cancellation) != entry.Sha256) wrong.Add($"The file '{entry.File}' has another sha256.");
                else files[entry.File] = new ShelvedFile(file, entry.Sha256);
            }

            return wrong.Count > 0 ? (null, wrong) : (new Shelved(entries, files.ToFrozenDictionary(StringComparer.Ordinal)), []);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, [$"{FirmwareManifest.FileName} or a file cannot be read: {failure.Message}"]);
        }
    }

    // Once for each state of a file: firmware has hundreds of megabytes.
    private async Task<string> DigestAsync(HostedFile file, CancellationToken cancellation)
    {
        if (digests.TryGetValue(file, out var known)) return known;
        await using var stream = File.OpenRead(file.Path);
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
        foreach (var old in digests.Keys.Where(k => k.Path == file.Path).ToList()) digests.Remove(old);
        return digests[file] = digest;
    }

    [LoggerMessage(EventId = 4004, Level = LogLevel.Warning, Message = "{Sentence}")]
    private partial void LogWrong(string sentence);

    private sealed record Shelved(ImmutableArray<FirmwareEntry> Entries, FrozenDictionary<string, ShelvedFile> Files);
}

/// <summary>A file that phones may have.</summary>
/// <param name="File">As it was when its digest was made.</param>
/// <param name="Sha256">The digest.</param>
internal sealed record ShelvedFile(HostedFile File, string Sha256);
