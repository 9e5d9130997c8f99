using System.Net.Sockets;
using System.Text;
using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip;

public sealed class StreamTests(EdgeFixture fixture)
{
    private const string Options =
        "OPTIONS sip:gateway.test SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK{0}\r\n"
        + "From: <sip:a@b>;tag=1\r\nTo: <sip:gateway.test>\r\n"
        + "Call-ID: {0}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";

    [Fact]
    public async Task Tcp_TwoMessagesInOneWriteAndOneInPieces_AreAnsweredInOrder()
    {
        using var connection = await ConnectAsync();
        await connection.SendAsync(Encoding.UTF8.GetBytes(string.Format(Options, "one") + string.Format(Options, "two")));
        foreach (var piece in string.Format(Options, "three").Chunk(17))
        {
            await connection.SendAsync(Encoding.UTF8.GetBytes(piece));
        }

        var text = await ReadUntilAsync(connection, t => t.Split("SIP/2.0 200 OK").Length == 4);
        text.IndexOf("Call-ID: one").Should().BeLessThan(text.IndexOf("Call-ID: two"));
        text.IndexOf("Call-ID: two").Should().BeLessThan(text.IndexOf("Call-ID: three"));
    }

    [Fact]
    public async Task Tcp_Ping_GetsPong()
    {
        using var connection = await ConnectAsync();
        await connection.SendAsync("\r\n\r\n"u8.ToArray());
        (await ReadUntilAsync(connection, t => t.Length >= 2)).Should().Be("\r\n");
    }

    [Theory]
    [InlineData("Content-Length: 0\r\nContent-Length: 10")]
    [InlineData("Content-Length: -1")]
    [InlineData("X: y")]
    [InlineData("Content-Length: 99999999")]
    public async Task Tcp_FramingAttack_IsAnsweredByClosing(string instead)
    {
        using var connection = await ConnectAsync();
        var attack = string.Format(Options, "attack").Replace("Content-Length: 0", instead) + string.Format(Options, "smuggled");
        await connection.SendAsync(Encoding.UTF8.GetBytes(attack));
        (await ReadToEndAsync(connection)).Should().NotContain("smuggled").And.NotContain("200 OK");
    }

    [Fact]
    public async Task Tcp_NoSip_IsClosed()
    {
        using var connection = await ConnectAsync();
        await connection.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        (await ReadToEndAsync(connection)).Should().BeEmpty();
    }

    [Fact]
    public async Task Tcp_SlowSender_IsClosedAtTheDeadlineAndOthersAreServed()
    {
        using var slow = await ConnectAsync();
        await slow.SendAsync("OPTIONS sip:gateway.test SIP/2.0\r\nVia: "u8.ToArray());
        using var other = await ConnectAsync();
        await other.SendAsync(Encoding.UTF8.GetBytes(string.Format(Options, "other")));
        (await ReadUntilAsync(other, t => t.Contains("200 OK"))).Should().Contain("Call-ID: other");
        (await ReadToEndAsync(slow)).Should().BeEmpty();
    }

    [Fact]
    public async Task Tcp_Register_BindsThisConnection()
    {
        var (user, secret, mac) = fixture.NewCandidate();
        using var connection = await ConnectAsync();
        await connection.SendAsync(Encoding.UTF8.GetBytes(Register(user, 1, "")));
        var challenge = Parse(await ReadUntilAsync(connection, t => t.EndsWith("\r\n\r\n")));
        var authorization = UdpPhone.Authorize(challenge, user, secret, "REGISTER", "sip:gateway.test");
        await connection.SendAsync(Encoding.UTF8.GetBytes(Register(user, 2, $"Authorization: {authorization}\r\n")));
        Parse(await ReadUntilAsync(connection, t => t.EndsWith("\r\n\r\n"))).StatusCode.Should().Be(200);
        var flow = fixture.Scripts[mac].Registers.Single().Flow;
        flow.Transport.Should().Be("tcp");
        flow.FlowId.Should().StartWith("tcp:");
    }

    private static string Register(string user, int number, string headers) =>
        $"REGISTER sip:gateway.test SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK{Guid.NewGuid():n}\r\n"
        + $"From: <sip:{user}@gateway.test>;tag=1\r\n"
        + $"To: <sip:{user}@gateway.test>\r\nCall-ID: {user}\r\nCSeq: {number} REGISTER\r\n"
        + $"Contact: <sip:{user}@127.0.0.1;transport=tcp>\r\n{headers}"
        + "Content-Length: 0\r\n\r\n";

    private static SipResponse Parse(string text) =>
        (SipResponse)SipParser.ParseDatagram(Encoding.UTF8.GetBytes(text), SipLimits.Default).Message!;

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(fixture.Edge.TcpEndPoint);
        return socket;
    }

    private static async Task<string> ReadUntilAsync(Socket connection, Func<string, bool> isEnough)
    {
        var text = new StringBuilder();
        var buffer = new byte[8192];
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        while (!isEnough(text.ToString()))
        {
            var read = await connection.ReceiveAsync(buffer, deadline.Token);
            read.Should().BePositive("the connection stays open; so far: " + text);
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    private static async Task<string> ReadToEndAsync(Socket connection)
    {
        var text = new StringBuilder();
        var buffer = new byte[8192];
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            for (int read; (read = await connection.ReceiveAsync(buffer, deadline.Token)) > 0;)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // A reset is an end, too.
        }

        return text.ToString();
    }
}
