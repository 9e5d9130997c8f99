using System.Net;
using SipGateway.Trust;

namespace SipGateway.Edge;

/// <summary>
/// How many of something are open, altogether and for each source. The /64 of an IPv6 host is one source: it has 2^64 addresses for the asking.
/// </summary>
internal sealed class SourceCounts(int maxTotal, int maxPerSource)
{
    private readonly Dictionary<IPAddress, int> perSource = [];
    private readonly Lock gate = new();
    private int total;

    /// <summary>Whether one more is within both bounds; if so it is counted.</summary>
    public bool TryEnter(IPAddress address)
    {
        var source = SourceNetwork.Of(address);
        lock (gate)
        {
            var count = perSource.GetValueOrDefault(source);
            if (total >= maxTotal || count >= maxPerSource)
            {
                return false;
            }

            perSource[source] = count + 1;
            total++;
            return true;
        }
    }

    /// <summary>One that entered is gone.</summary>
    public void Leave(IPAddress address)
    {
        var source = SourceNetwork.Of(address);
        lock (gate)
        {
            total--;
            var count = perSource[source] - 1;
            if (count == 0)
            {
                perSource.Remove(source);
            }
            else
            {
                perSource[source] = count;
            }
        }
    }
}
