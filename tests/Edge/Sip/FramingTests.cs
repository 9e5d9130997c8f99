using System.Diagnostics;
using System.Text;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>Where a message ends, over both transports: a doubt is refused, and on a connection it is the end.</summary>
public sealed class FramingTests(EdgeFixture fixture)
{
    private static readonly string Huge = new('9', 3000);

    public static TheoryData<string> Doubtful => [
        "X: y\r\n", "Content-Length: -1\r\n", "Content-Length: +5\r\n", "Content-Length: 4294967328\r\n", "Content-Length: 99999999\r\n",
        "Content-Length: " + Huge + "\r\n", "Content-Length: 5\r\nContent-Length: 5\r\n", "Content-Length: 0\r\nl: 5\r\n",
        "Content-Length: five\r\n", "Content-Length: 0x5\r\n", "Content-Length: 5 5\r\n", "Content-Length: 5;x\r\n", "Content-Length: 5,5\r\n",
        "Content-Length: 5.0\r\n", "Content-Length: \r\n", "Content-Length: \"5\"\r\n", "Content-Length: \u0665\r\n", "Content-Length: 0\r\n 5\r\n",
        "X: a\nContent-Length: 0\r\n", "Content-Length\u0001: 0\r\n", "Content-Length: 0\r\nX\r\n",
    ];

    [Theory]
    [MemberData(nameof(Doubtful))]
    public async Task Connection_WithADoubtfulLength_Gets400AndIsClosed(string headers)
    {
        using var connection = await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);
        await connection.SendAsync(TcpPhone.Options("doubt", headers, "12345") + TcpPhone.Options("hidden"));

        var answers = await connection.ResponsesToEndAsync();

        answers.Should().ContainSingle().Which.CallId.Should().Be("doubt");
        answers[0].StatusCode.Should().BeOneOf(400, 513);
        await NextIsServedAsync();
    }

    [Fact]
    public async Task Connection_RefusedWhileItsPeerStillSends_GetsTheAnswerNonetheless()
    {
        using var connection = await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);
        try
        {
            await connection.SendAsync(TcpPhone.Options("doubt", "Content-Length: -1\r\n", new string('x', 200_000)));
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The edge was faster.
        }

        (await connection.ResponsesToEndAsync()).Should().ContainSingle().Which.StatusCode.Should().Be(400);
    }

    /// <summary>RFC 3261 §18.3: without a length the datagram's end counts, octets beyond the length are ignored, too few are an error.</summary>
    [Theory]
    [InlineData("", "", 200)]
    [InlineData("", "12345", 200)]
    [InlineData("Content-Length: 3\r\n", "12345", 200)]
    [InlineData("Content-Length: 5\r\n", "12345", 200)]
    [InlineData("Content-Length: 0\r\n", "OPTIONS sip:gateway.test SIP/2.0\r\n\r\n", 200)]
    [InlineData("Content-Length: 6\r\n", "12345", 400)]
    [InlineData("Content-Length: 4294967328\r\n", "12345", 400)]
    [InlineData("Content-Length: -1\r\n", "12345", 400)]
    [InlineData("Content-Length: +5\r\n", "12345", 400)]
    [InlineData("Content-Length: 5 \r\n", "12345", 200)]
    [InlineData("Content-Length: 5x\r\n", "12345", 400)]
    [InlineData("Content-Length: 5\r\nContent-Length: 5\r\n", "12345", 400)]
    [InlineData("Content-Length: 5\r\nl: 0\r\n", "12345", 400)]
    [InlineData("Content-Length: \r\n", "12345", 400)]
    public async Task Datagram_Row_IsFramedAsTheRfcSays(string headers, string body, int status) =>
        (await UdpExchange.StatusAsync(fixture, TcpPhone.Options("framed", headers, body))).Should().Be(status);

    [Fact]
    public async Task Connection_OctetByOctet_IsServed()
    {
        using var connection = await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);
        foreach (var octet in Encoding.UTF8.GetBytes("\r\n" + TcpPhone.Options("slow", "Content-Length: 4\r\n", "\r\n\r\n")))
        {
            await connection.SendAsync(new[] { octet });
        }

        (await connection.ReceiveAsync()).CallId.Should().Be("slow");
    }

    [Fact]
    public async Task Connection_WithMessagesCutAtEveryPlace_ServesEachOnce()
    {
        using var connection = await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);
        var length = TcpPhone.Options("cut000", "Content-Length: 4\r\n", "v=0\r").Length;
        for (var cut = 1; cut < length; cut++)
        {
            var message = TcpPhone.Options($"cut{cut:000}", "Content-Length: 4\r\n", "v=0\r");
            await connection.SendAsync(message[..cut]);

            // Only when the first part was read alone does the cut mean anything.
            await Task.Yield();
            await connection.SendAsync(message[cut..]);
            var answer = await connection.ReceiveAsync();
            (answer.CallId, answer.StatusCode).Should().Be(($"cut{cut:000}", 200));
        }
    }

    [Fact]
    public async Task Connection_WithManyMessagesAndKeepAlivesInOneSegment_AnswersEachInOrder()
    {
        using var connection = await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);
        string[] between = ["", "\r\n", "\r\n\r\n", "\r\n\r\n\r\n"];
        await connection.SendAsync(string.Concat(Enumerable.Range(0, 12).Select(i => TcpPhone.Options($"p{i}") + between[i % between.Length])));
        connection.EndSending();

        (await connection.ResponsesToEndAsync()).Select(r => r.CallId).Should().Equal(Enumerable.Range(0, 12).Select(i => $"p{i}"));
    }

    [Theory]
    [InlineData("OPTIONS sip:gateway.test SIP/2.0\r\nVia: ")]
    [InlineData("OPTIONS sip:gateway.test SIP/2.0\r\nContent-Length: 60000\r\n\r\nv=0")]
    [InlineData("OPTIONS sip:gateway.test SIP/2.0\r\nContent-Length: 0\r\n\r")]
    [InlineData("\r\n")]
    [InlineData("O")]
    public async Task Connection_ThatTricklesAMessage_IsClosedAtTheDeadlineHoweverOftenItSends(string beginning)
    {
        using var connection = await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);
        await connection.SendAsync(beginning);
        var watch = Stopwatch.StartNew();
        using var stop = new CancellationTokenSource();
        var trickle = TrickleAsync(connection, stop.Token);

        await connection.ReadToEndAsync(seconds: 10);

        await stop.CancelAsync();
        await trickle;
        watch.Elapsed.Should().BeLessThan(3 * EdgeFixture.Options.Limits.MessageDeadline);
        await NextIsServedAsync();
    }

    private static async Task TrickleAsync(TcpPhone connection, CancellationToken cancellation)
    {
        try
        {
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (await pace.WaitForNextTickAsync(cancellation))
            {
                await connection.SendAsync("x");
            }
        }
        catch (Exception e) when (e is OperationCanceledException or System.Net.Sockets.SocketException)
        {
            // The connection's end is what was waited for.
        }
    }

    private async Task NextIsServedAsync()
    {
        using var next = await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);
        await next.SendAsync(TcpPhone.Options("next"));
        (await next.ReceiveAsync()).StatusCode.Should().Be(200);
    }
}
