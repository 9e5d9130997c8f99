namespace SipGateway.Grains.Devices;

/// <summary>What may come again and again is told once an hour. Not durable: after an activation it may be told once more.</summary>
internal struct HourlyNews
{
    private const int MaxRemembered = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    // Most phones never have any.
    private Dictionary<string, DateTimeOffset>? told;

    /// <summary>Whether it is to be told now; if so, it counts as told.</summary>
    /// <param name="what">Equal words are the same news.</param>
    /// <param name="now">The time.</param>
    public bool IsDue(string what, DateTimeOffset now)
    {
        told ??= new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        if (told.TryGetValue(what, out var at) && now - at < Pause) return false;
        if (told.Count >= MaxRemembered) told.Clear();
        told[what] = now;
        return true;
    }
}
