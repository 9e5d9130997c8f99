using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SipGateway.Cluster.Tests.Network;

/// <summary>Somebody sends REGISTERs without credentials from many addresses, more than an edge can answer.</summary>
[Collection<OneNetwork>]
public sealed class FloodTests(NetworkCluster network, ITestOutputHelper output) : NetworkTest(network, output)
{
    private const int Sources = 32;
    private const long MaxGrowthBytes = 100L * 1024 * 1024;
    private static readonly TimeSpan FloodTime = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task Registers_WithoutCredentials_CostNoMemoryAndNoKnownPhone()
    {
        var (cluster, fleet) = (Network.Cluster, Network.Fleet);
        var edges = cluster.Edges.ConvertAll(edge => edge.ProcessId);
        var before = edges.ConvertAll(ProcessStatus.ResidentBytes);
        var silences = fleet.Phones.Sum(phone => phone.Silences);
        var addresses = await Network.Hosts.Network.AddSourcesAsync(Sources);
        var began = fleet.NowMs;

        var sent = await FloodAsync(addresses, cluster.Sip);
        var ended = fleet.NowMs;
        var grown = edges.Select((id, i) => ProcessStatus.ResidentBytes(id) - before[i]).Max();
        var kept = fleet.Phones.Count(phone => phone.RegisteredAtMs > began);
        await Network.WholeAgainAsync();

        Output.WriteLine($"{sent} in {ended - began} ms; edges grew by {grown >> 20} MB; {kept} of {fleet.Phones.Length} phones refreshed meanwhile; all again {fleet.NowMs - ended} ms after");
        sent.Should().BeGreaterThan(50_000, "that is a flood");
        grown.Should().BeLessThan(MaxGrowthBytes, "a challenge is remembered nowhere");
        kept.Should().BeGreaterThan(fleet.Phones.Length * 8 / 10, "known phones keep being served");
        fleet.Phones.Sum(phone => phone.Silences).Should().Be(silences, "no phone gave up");
        await Network.CheckLedgerAsync();
    }

    private static async Task<long> FloodAsync(IReadOnlyList<IPAddress> sources, IPEndPoint[] edges)
    {
        using var stop = new CancellationTokenSource(FloodTime);
        var sent = await Task.WhenAll(edges.Select((edge, i) => Task.Run(() => Send(sources, edge, i, stop.Token))));
        return sent.Sum();
    }

    private static long Send(IReadOnlyList<IPAddress> sources, IPEndPoint edge, int seed, CancellationToken stop)
    {
        var sockets = sources.Select(source =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(source, 0));
            return socket;
        }).ToList();
        var (sent, dice) = (0L, new Random(seed));
        while (!stop.IsCancellationRequested)
        {
            var n = dice.NextInt64().ToString("x", CultureInfo.InvariantCulture);
            sockets[(int)(sent % sockets.Count)].SendTo(
                Encoding.ASCII.GetBytes(
                    $"REGISTER sip:{edge.Address} SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK{n};rport\r\nFrom: <sip:{n}@{edge.Address}>;tag={n}\r\n"
                    + $"To: <sip:{n}@{edge.Address}>\r\nCall-ID: {n}\r\nCSeq: 1 REGISTER\r\nContact: <sip:{n}@192.0.2.1>\r\nContent-Length: 0\r\n\r\n"),
                edge);
            sent++;
        }

        sockets.ForEach(socket => socket.Dispose());
        return sent;
    }
}
