using System.Net;
using System.Net.Sockets;
using System.Text;
using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>Every message of RFC 4475 as a datagram: the manifest says what may be answered.</summary>
public sealed class TortureTests(EdgeFixture fixture)
{
    public static TheoryData<string, string> Files()
    {
        var rows = File.ReadAllLines(Path.Combine(SharedData.Folder("rfc4475"), "manifest.tsv")).Skip(1).Select(l => l.Split('\t'));
        return new TheoryData<string, string>(rows.Select(r => (r[0], r[4])));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Datagram_OfTheCorpus_GetsAnAcceptableAnswerAndTheEdgeLives(string file, string acceptable)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var bytes = await File.ReadAllBytesAsync(Path.Combine(SharedData.Folder("rfc4475"), file));
        socket.SendTo(bytes, fixture.Edge.UdpEndPoint);

        // The probe follows on the same socket and thus the same receive thread: what comes before its answer answers the file.
        using var probe = new UdpPhone(fixture.Edge.UdpEndPoint, "probe");
        var options = probe.Request("OPTIONS", "sip:gateway.test").Replace(probe.Local.ToString(), socket.LocalEndPoint!.ToString());
        socket.SendTo(Encoding.UTF8.GetBytes(options), fixture.Edge.UdpEndPoint);
        var answers = new List<SipResponse>();
        while (answers.Count == 0 || answers[^1].CallId != probe.CallId)
        {
            answers.Add(await ReceiveAsync(socket));
        }

        answers.RemoveAt(answers.Count - 1);
        var allowed = acceptable.Split(',');
        var got = answers.Count == 0 ? "SILENT" : answers[0].StatusCode.ToString();
        answers.Count.Should().BeLessThanOrEqualTo(1);
        (allowed.Contains(got) || allowed.Contains("*")).Should().BeTrue($"{file} got {got}; acceptable is {acceptable}");
    }

    private static async Task<SipResponse> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[65_536];
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        var length = await socket.ReceiveAsync(buffer, deadline.Token);
        return (SipResponse)SipParser.ParseDatagram(buffer.AsMemory(0, length), SipLimits.Default).Message!;
    }
}
