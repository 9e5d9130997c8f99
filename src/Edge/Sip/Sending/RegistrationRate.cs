namespace SipGateway.Edge;

/// <summary>How many REGISTER requests a second were granted lately, from a count that only rises.</summary>
internal sealed class RegistrationRate
{
    // Long enough that a few phones make no jumps, short enough for "now".
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Queue<(DateTimeOffset At, long Count)> marks = new();

    /// <summary>The rate between now and the oldest look of the last ten seconds; 0 at the first.</summary>
    public double PerSecond(long count, DateTimeOffset now)
    {
        while (marks.TryPeek(out var old) && (now - old.At > Window || old.At > now)) marks.Dequeue();
        marks.Enqueue((now, count));
        var (at, since) = marks.Peek();
        return now > at ? (count - since) / (now - at).TotalSeconds : 0;
    }
}
