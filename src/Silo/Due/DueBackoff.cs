using SipGateway.Storage;

namespace SipGateway.Silo;

/// <summary>Grains whose due call failed wait longer each time, so that they neither spin nor crowd out others: pure but for its list.</summary>
internal sealed class DueBackoff
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(string Type, string Key), (int Failures, DateTimeOffset NotBeforeUtc)> waiting = [];

    /// <summary>How many wait at this time: so many more rows must be read to reach the others.</summary>
    public int Count => waiting.Count;

    public bool MayCall(DueGrain grain, DateTimeOffset now) => !waiting.TryGetValue((grain.GrainType, grain.Key), out var wait) || wait.NotBeforeUtc <= now;

    public void Succeeded(DueGrain grain) => waiting.Remove((grain.GrainType, grain.Key));

    public void Failed(DueGrain grain, DateTimeOffset now)
    {
        var failures = waiting.TryGetValue((grain.GrainType, grain.Key), out var before) ? before.Failures + 1 : 1;
        var wait = TimeSpan.FromSeconds(Math.Min(MaxWait.TotalSeconds, Math.Pow(2, Math.Min(failures, 10) - 1)));
        waiting[(grain.GrainType, grain.Key)] = (failures, now + wait);
    }

    /// <summary>Forgets grains that did not come up again for long after their wait: another silo looks after them, or they are done.</summary>
    public void Forget(DateTimeOffset now)
    {
        foreach (var old in waiting.Where(w => now - w.Value.NotBeforeUtc > MaxWait).Select(w => w.Key).ToList()) waiting.Remove(old);
    }
}
