using System.Net;
using System.Net.Sockets;
using System.Text;
using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>One datagram and what is answered to it.</summary>
internal static class UdpExchange
{
    /// <summary>
    /// All answers to a datagram. A probe follows on the same socket and thus the same receive thread: what comes before its answer answers
    /// the datagram. Fails when the probe gets none.
    /// </summary>
    public static async Task<IReadOnlyList<SipResponse>> AnswersAsync(EdgeFixture fixture, ReadOnlyMemory<byte> datagram)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.SendTo(datagram.Span, fixture.Edge.UdpEndPoint);
        using var probe = new UdpPhone(fixture.Edge.UdpEndPoint, "probe");
        var options = probe.Request("OPTIONS", "sip:gateway.test").Replace(probe.Local.ToString(), socket.LocalEndPoint!.ToString());
        socket.SendTo(Encoding.UTF8.GetBytes(options), fixture.Edge.UdpEndPoint);
        var answers = new List<SipResponse>();
        while (answers.Count == 0 || answers[^1].CallId != probe.CallId)
        {
            answers.Add(await ReceiveAsync(socket));
        }

        answers.RemoveAt(answers.Count - 1);
        return answers;
    }

    /// <summary>The status of the only answer; 0 for silence.</summary>
    public static async Task<int> StatusAsync(EdgeFixture fixture, ReadOnlyMemory<byte> datagram)
    {
        var answers = await AnswersAsync(fixture, datagram);
        answers.Count.Should().BeLessThanOrEqualTo(1, "one request has one answer");
        return answers.Count == 0 ? 0 : answers[0].StatusCode;
    }

    public static Task<int> StatusAsync(EdgeFixture fixture, string datagram) => StatusAsync(fixture, Encoding.UTF8.GetBytes(datagram));

    private static async Task<SipResponse> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[65_536];
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        var length = await socket.ReceiveAsync(buffer, deadline.Token);
        return (SipResponse)SipParser.ParseDatagram(buffer.AsMemory(0, length), SipLimits.Default).Message!;
    }
}
