using System.Collections.Immutable;
using System.Text.Json;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>
/// Counts over the fleet, each kept for a moment: who asks the same meanwhile gets the same answer, and who asks while it is counted waits for that
/// count. A count that failed is not kept.
/// </summary>
internal sealed class DeviceCounts(IInventoryReader inventory, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, KeptCount> kept = new(StringComparer.Ordinal);

    /// <summary>Counts that are kept now.</summary>
    public int Kept
    {
        get
        {
            lock (gate) return kept.Count;
        }
    }

    /// <summary>Counts, or tells what was counted a moment ago.</summary>
    /// <param name="query">Which devices.</param>
    /// <param name="fields">What they are counted by.</param>
    /// <param name="valueLimit">Values told of each field.</param>
    /// <param name="maxAge">How old the count may be; zero: begun after this call.</param>
    /// <param name="cancellation">Ends the wait, not the count, which others may wait for.</param>
    /// <returns>The counts, and the time that they are of.</returns>
    public async Task<(DeviceSummary Summary, DateTimeOffset CountedAtUtc)> CountAsync(
        DeviceQuery query, ImmutableArray<DeviceField> fields, int valueLimit, TimeSpan maxAge, CancellationToken cancellation)
    {
        var key = KeyOf(query, fields, valueLimit);
        KeptCount? count;
        lock (gate)
        {
            if (!kept.TryGetValue(key, out count) || !count.IsGoodFor(maxAge, time))
            {
                if (count is null) MakeRoom();
                kept[key] = count = new KeptCount(
                    query.NowUtc, time.GetTimestamp(), () => inventory.SummarizeDevicesAsync(query, fields, valueLimit, CancellationToken.None));
            }
        }

        try
        {
            return (await count.Summary.Value.WaitAsync(cancellation), count.AtUtc);
        }
        catch when (count.HasFailed)
        {
            Forget(key, count);
            throw;
        }
    }

    private static string KeyOf(DeviceQuery query, ImmutableArray<DeviceField> fields, int valueLimit) => JsonSerializer.Serialize(
        new object?[] { query.Tenant, query.Search, query.Filter.Select(t => new object[] { t.Field, t.Operator, t.Value }), fields, valueLimit });

    private void MakeRoom()
    {
        if (kept.Count >= AdminApiLimits.MaxKeptCounts) kept.Remove(kept.MinBy(entry => entry.Value.BegunAt).Key);
    }

    private void Forget(string key, KeptCount failed)
    {
        lock (gate)
        {
            if (kept.GetValueOrDefault(key) == failed) kept.Remove(key);
        }
    }

    private sealed class KeptCount(DateTimeOffset atUtc, long begunAt, Func<Task<DeviceSummary>> count)
    {
        public DateTimeOffset AtUtc => atUtc;

        public long BegunAt => begunAt;

        public Lazy<Task<DeviceSummary>> Summary { get; } = new(async () => await count());

        public bool HasFailed => Summary is { IsValueCreated: true, Value: { IsCompleted: true, IsCompletedSuccessfully: false } };

        // While it is counted nobody who takes a kept one counts beside it, however long that takes.
        public bool IsGoodFor(TimeSpan maxAge, TimeProvider time) =>
            maxAge > TimeSpan.Zero && !HasFailed && (!IsCounted || time.GetElapsedTime(begunAt) < maxAge);

        private bool IsCounted => Summary is { IsValueCreated: true, Value.IsCompleted: true };
    }
}
