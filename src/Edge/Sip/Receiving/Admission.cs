using System.Net;

namespace SipGateway.Edge;

/// <summary>What becomes of a packet before anybody reads it.</summary>
internal enum AdmissionVerdict
{
    /// <summary>It is served.</summary>
    Admitted,

    /// <summary>Its source is above the rate: a request gets 503.</summary>
    Busy,

    /// <summary>Its source is far above the rate: not even that.</summary>
    Dropped,
}

/// <summary>
/// The rate of each source: one theoretical arrival time (GCRA) in a table of fixed size, so that a flood of sources costs no memory.
/// Two sources that fall on one slot share its rate, which a random key per process keeps from being arranged.
/// </summary>
internal sealed class Admission
{
    private const int SlotCount = 1 << 16;

    private readonly long[] arrivals = new long[SlotCount];
    private readonly TimeProvider time;
    private readonly long interval;
    private readonly long burst;

    public Admission(EdgeSipLimits limits, TimeProvider time)
    {
        this.time = time;
        interval = Math.Max(1, time.TimestampFrequency / limits.RequestsPerSecondPerSource);
        burst = interval * limits.RequestBurstPerSource;
    }

    public AdmissionVerdict Judge(IPAddress source) => JudgeSlot(SourceKey.Of(source));

    /// <param name="source">Address and port as <see cref="PeerKey"/> has them.</param>
    public AdmissionVerdict Judge(ReadOnlySpan<byte> source) => JudgeSlot(SourceKey.OfPeer(source));

    private AdmissionVerdict JudgeSlot(ulong source)
    {
        var now = time.GetTimestamp();
        ref var slot = ref arrivals[HashCode.Combine(source) & (SlotCount - 1)];
        var before = Interlocked.Read(ref slot);
        var lead = Math.Max(0, before - now);
        if (lead > 2 * burst)
        {
            return AdmissionVerdict.Dropped;
        }

        // Losing this race to another thread forgives one packet.
        Interlocked.CompareExchange(ref slot, now + lead + interval, before);
        return lead > burst ? AdmissionVerdict.Busy : AdmissionVerdict.Admitted;
    }
}
