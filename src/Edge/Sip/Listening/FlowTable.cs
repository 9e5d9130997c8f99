using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace SipGateway.Edge;

/// <summary>The open connections of this edge by name, and how many each source has.</summary>
internal sealed class FlowTable(DateTimeOffset startedAtUtc, EdgeSipLimits limits, EdgeSipMetrics metrics)
{
    private static readonly TimeSpan FinishPause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, StreamFlow> connections = new();
    private readonly SourceCounts entered = new(limits.MaxConnections, limits.MaxConnectionsPerSource);
    private readonly string start = startedAtUtc.ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);
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

    /// <summary>Ends every connection, evenly over this time and in no order that a phone could know, and returns when it is over.</summary>
    public async Task FinishAllAsync(TimeSpan over, TimeProvider time, CancellationToken cancellation)
    {
        StreamFlow[] open = [.. connections.Values];
        Random.Shared.Shuffle(open);
        var finished = 0;
        var began = time.GetTimestamp();
        for (var part = 0.0; part < 1;)
        {
            await Task.Delay(FinishPause < over ? FinishPause : over, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            part = cancellation.IsCancellationRequested || over <= TimeSpan.Zero ? 1 : time.GetElapsedTime(began) / over;
            for (; finished < Math.Min(part, 1) * open.Length; finished++)
            {
                open[finished].Finish();
            }
        }
    }

    /// <summary>Whether one more connection of this source is within the bounds; if so it is counted.</summary>
    public bool TryEnter(IPAddress address)
    {
        if (!entered.TryEnter(address))
        {
            metrics.Dropped("connection_limit");
            return false;
        }

        metrics.Connections(1);
        return true;
    }

    public void Leave(IPAddress address)
    {
        entered.Leave(address);
        metrics.Connections(-1);
    }
}
