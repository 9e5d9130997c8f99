namespace SipGateway.Cluster.Tests;

/// <summary>Whether phones can be reached, without their doing: a NOTIFY that an administrator asked for arrives.</summary>
internal static class Reachability
{
    /// <summary>Asks for a NOTIFY to each phone, again and again, and waits until it came.</summary>
    /// <param name="fleet">The phones.</param>
    /// <param name="admin">Who asks.</param>
    /// <param name="phones">Which of them; each can be asked once, because an answered NOTIFY is waited for.</param>
    /// <param name="sinceMs">When the fault happened, in the fleet's time.</param>
    /// <param name="patience">How long to wait for each.</param>
    /// <returns>The milliseconds from the fault to each NOTIFY, slowest last; null where none came.</returns>
    public static async Task<long?[]> MeasureAsync(
        LedgerFleet fleet, RetryingAdmin admin, IReadOnlyCollection<LedgerPhone> phones, long sinceMs, TimeSpan patience)
    {
        var took = await Task.WhenAll(phones.Select(phone => ReachAsync(fleet, admin, phone, sinceMs, patience)));
        return [.. took.OrderBy(time => time ?? long.MaxValue)];
    }

    private static async Task<long?> ReachAsync(LedgerFleet fleet, RetryingAdmin admin, LedgerPhone phone, long sinceMs, TimeSpan patience)
    {
        var asked = await admin.PostAsync(
            $"v1/tenants/default/devices/{phone.Mac}:resync", new { requestId = Guid.NewGuid().ToString() }, patience);
        if (asked is null)
            return null;
        while (phone.NotifiedAtMs < sinceMs)
        {
            if (fleet.NowMs - sinceMs > patience.TotalMilliseconds)
                return null;
            await Task.Delay(20);
        }

        return phone.NotifiedAtMs - sinceMs;
    }
}
