using System.Net;
using SipGateway.Trust;

namespace SipGateway.Identity;

/// <summary>
/// Counts wrong tries per source and per user. A try is counted before it is checked and taken back when it was right, so that tries made
/// at the same moment cannot slip through together.
/// </summary>
internal sealed class WrongTries(TimeProvider time, EmbeddedDirectoryOptions options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Tally> tallies = new(StringComparer.Ordinal);

    /// <summary>False when the allowance is used up; nothing is counted then.</summary>
    public bool TryBegin(string key, int allowance)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            if (!tallies.TryGetValue(key, out var tally) || tally.EndsAtUtc <= now)
            {
                MakeRoom(now);
                tallies[key] = new(1, now + options.Limits.Window);
                return true;
            }

            if (tally.Count >= allowance)
            {
                return false;
            }

            tallies[key] = tally with { Count = tally.Count + 1 };
            return true;
        }
    }

    /// <summary>The try was right.</summary>
    public void TakeBack(string key)
    {
        lock (gate)
        {
            if (tallies.TryGetValue(key, out var tally))
            {
                tallies[key] = tally with { Count = Math.Max(0, tally.Count - 1) };
            }
        }
    }

    public static string SourceKey(IPAddress? address) => address is null ? "s/unknown" : $"s/{SourceNetwork.Of(address)}";

    public static string UserKey(string tenant, string userId) =>
        "u/" + DirectoryUsers.Key(tenant, userId.Length > 100 ? userId[..100] : userId);

    private void MakeRoom(DateTimeOffset now)
    {
        if (tallies.Count < options.Limits.MaxCounted)
        {
            return;
        }

        foreach (var ended in tallies.Where(t => t.Value.EndsAtUtc <= now).Select(t => t.Key).ToList())
        {
            tallies.Remove(ended);
        }

        foreach (var oldest in tallies.OrderBy(t => t.Value.EndsAtUtc)
            .Take(tallies.Count - (options.Limits.MaxCounted / 10 * 9)).Select(t => t.Key).ToList())
        {
            tallies.Remove(oldest);
        }
    }

    private readonly record struct Tally(int Count, DateTimeOffset EndsAtUtc);
}
