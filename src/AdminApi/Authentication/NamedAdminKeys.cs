using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SipGateway.Hosting;

namespace SipGateway.AdminApi;

/// <summary>
/// The keys that were given to further administrators. The file is looked at again while keys are shown, so that a key that is taken back opens nothing.
/// </summary>
internal sealed partial class NamedAdminKeys(AdminApiOptions options, TimeProvider time, ILogger<NamedAdminKeys> log)
{
    /// <summary>How often at most: soon enough for a person, and nothing beside a call.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _looking = new();
    private FrozenDictionary<string, NamedAdminKey> _byHash = FrozenDictionary<string, NamedAdminKey>.Empty;
    private (DateTime Written, long Length) _seen;
    private long? _lookedAt;

    /// <summary>Whose key it is; null: nobody's.</summary>
    public AdminCaller? CallerOf(string presented)
    {
        if (options.NamedKeysPath.Length == 0)
        {
            return null;
        }

        Look();

        // Hashes are compared: how long it takes tells of a hash that nobody can aim at.
        return _byHash.TryGetValue(NamedAdminKey.HashOf(presented), out var key) ? new AdminCaller($"admin-key:{key.Name}", [key.Grant]) : null;
    }

    private void Look()
    {
        lock (_looking)
        {
            if (_lookedAt is { } before && time.GetElapsedTime(before) < Pause)
            {
                return;
            }

            _lookedAt = time.GetTimestamp();
            var file = new FileInfo(options.NamedKeysPath);
            var found = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
            if (found != _seen)
            {
                _seen = found;
                Take(AdminKeysFile.Read(options.NamedKeysPath));
            }
        }
    }

    private void Take((ImmutableArray<NamedAdminKey> Keys, ImmutableArray<string> Errors) read)
    {
        if (read.Errors.Length > 0)
        {
            LogUnusable(string.Join(' ', read.Errors));
            return;
        }

        _byHash = read.Keys.DistinctBy(key => key.Hash).ToFrozenDictionary(key => key.Hash, StringComparer.Ordinal);
    }

    [LoggerMessage(1, LogLevel.Warning, "The file of admin keys is not used as it is now; the keys that it held before still count. {Errors}")]
    private partial void LogUnusable(string errors);
}
