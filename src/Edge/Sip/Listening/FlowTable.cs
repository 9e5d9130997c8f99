using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace SipGateway.Edge;

/// <summary>The open connections of this edge by name, and how many each source has.</summary>
internal sealed class FlowTable(DateTimeOffset startedAtUtc, EdgeSipLimits limits, EdgeSipMetrics metrics)
{
    private readonly ConcurrentDictionary<string, StreamFlow> connections = new();
    private readonly Dictionary<IPAddress, int> perSource = [];
    private readonly string start = startedAtUtc.ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);
    private readonly Lock gate = new();
    private int total;
    private long lastNumber;

    /// <summary>Set when the UDP sockets are open: the flow to an address from one of them.</summary>
    public Func<string, Flow?> FindUdp { get; set; } = _ => null;

    /// <summary>The flow of that name, or null when it is gone.</summary>
    public Flow? Find(string id) => id.StartsWith("udp:", StringComparison.Ordinal) ? FindUdp(id) : connections.GetValueOrDefault(id);

    /// <summary>A name that no connection of this edge had before, also not before its last start.</summary>
    public string NextId(string transport) =>
        string.Create(CultureInfo.InvariantCulture, $"{transport}:{start}:{Interlocked.Increment(ref lastNumber)}");

    public void Add(StreamFlow flow) => connections[flow.Id] = flow;

    public void Remove(StreamFlow flow) => connections.TryRemove(flow.Id, out _);

    /// <summary>
    /// Whether one more connection of this source is within the bounds; if so it is counted. The /64 of an IPv6 host is one source: it has
    /// 2^64 addresses for the asking.
    /// </summary>
    public bool TryEnter(IPAddress address)
    {
        var source = SourceOf(address);
        lock (gate)
        {
            var count = perSource.GetValueOrDefault(source);
            if (total >= limits.MaxConnections || count >= limits.MaxConnectionsPerSource)
            {
                metrics.Dropped("connection_limit");
                return false;
            }

            perSource[source] = count + 1;
            total++;
        }

        metrics.Connections(1);
        return true;
    }

    public void Leave(IPAddress address)
    {
        var source = SourceOf(address);
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

        metrics.Connections(-1);
    }

    private static IPAddress SourceOf(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : SourceLimits.Network(address);
}
