namespace SipGateway.Edge;

/// <summary>
/// From where phones are registered through this edge: what no ban touches, and how many there are behind one address. One number each in a
/// table of fixed size: when the registration ends, and the source's slot.
/// </summary>
internal sealed class LiveFlows
{
    private const int SlotBits = 16;

    private static readonly TimeSpan CountPause = TimeSpan.FromSeconds(10);

    private readonly FixedTable table;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private int[] counts = [];
    private long countedAt;

    public LiveFlows(EdgeSipLimits limits, TimeProvider time)
    {
        table = new FixedTable(limits.MaxLiveFlows);
        this.time = time;
    }

    /// <summary>A registration over this flow is good for so many seconds.</summary>
    public void Note(Flow flow, uint seconds) => Note(Key(flow), SourceKey.Of(flow.Remote.Address), seconds);

    /// <summary>A binding was refreshed under its lease.</summary>
    public void Note(Lease lease) => Note(Key(lease.Transport, lease.Remote), SourceKey.OfPeer(lease.Remote), lease.ExpiresSeconds);

    /// <summary>Nothing is registered over this flow any more.</summary>
    public void Forget(Flow flow) => table.Write(Key(flow), 0);

    /// <summary>Whether a registration over this flow is alive.</summary>
    public bool IsLive(Flow flow) => table.Read(Key(flow)) >> SlotBits > NowSeconds;

    /// <summary>How many live ones a source has, as of some seconds ago; another that falls on its slot counts with it.</summary>
    public int Count(ulong source)
    {
        var known = Volatile.Read(ref counts);
        if (known.Length == 0 || time.GetElapsedTime(Interlocked.Read(ref countedAt)) >= CountPause)
        {
            known = Recount();
        }

        return known[Slot(source)];
    }

    private long NowSeconds => time.GetUtcNow().ToUnixTimeSeconds();

    private static int Slot(ulong source) => HashCode.Combine(source) & ((1 << SlotBits) - 1);

    private static ulong Key(Flow flow) => Key(flow.Transport, PeerKey.Of(flow.Remote.Serialize()));

    private static ulong Key(string transport, ReadOnlySpan<byte> peer) => Fingerprint.Of(transport[1], 0, peer);

    private void Note(ulong key, ulong source, uint seconds) => table.Write(key, ((NowSeconds + seconds) << SlotBits) | (uint)Slot(source));

    // Only when somebody fails, and then at most every few seconds: one pass over the table, a few milliseconds when it is full.
    private int[] Recount()
    {
        lock (gate)
        {
            if (counts.Length > 0 && time.GetElapsedTime(countedAt) < CountPause)
            {
                return counts;
            }

            var now = NowSeconds;
            var next = new int[1 << SlotBits];
            table.ForEach((next, now), static (number, to) => to.next[number & ((1 << SlotBits) - 1)] += number >> SlotBits > to.now ? 1 : 0);
            Interlocked.Exchange(ref countedAt, time.GetTimestamp());
            Volatile.Write(ref counts, next);
            return next;
        }
    }
}
