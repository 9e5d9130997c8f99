using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>Every message of RFC 4475, as a datagram and on a connection: the manifest says what may be answered.</summary>
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
        var answers = await UdpExchange.AnswersAsync(fixture, await ReadAsync(file));

        answers.Count.Should().BeLessThanOrEqualTo(1);
        var got = answers.Count == 0 ? "SILENT" : answers[0].StatusCode.ToString();
        var allowed = acceptable.Split(',');
        (allowed.Contains(got) || allowed.Contains("*")).Should().BeTrue($"{file} got {got}; acceptable is {acceptable}");
        await NextIsServedAsync();
    }

    /// <summary>
    /// On a connection a message without Content-Length is refused and ends it (RFC 3261 §18.3), one that says it is longer is waited for,
    /// and what follows a message is the next.
    /// </summary>
    [Theory]
    [MemberData(nameof(Files))]
    public async Task Connection_WithTheCorpus_GetsAnAcceptableAnswerAndTheEdgeLives(string file, string acceptable)
    {
        var bytes = await ReadAsync(file);
        var framing = SipParser.ParseStream(bytes, SipLimits.Default);
        using var connection = await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);
        await connection.SendAsync(bytes);
        connection.EndSending();

        var answers = await connection.ResponsesToEndAsync();

        var got = answers.Count == 0 ? "SILENT" : answers[0].StatusCode.ToString();
        var allowed = acceptable.Split(',').ToList();
        if (framing.Status == SipParseStatus.NeedMore)
        {
            allowed = ["SILENT"];
        }
        else if (framing.MustClose && framing.Reason.StatusCode() is not null && framing.RejectedMessage is SipRequest)
        {
            allowed = ["400"];
        }

        (allowed.Contains(got) || allowed.Contains("*")).Should().BeTrue($"{file} got {got}; acceptable is {string.Join(',', allowed)}");
        await NextIsServedAsync();
    }

    private static Task<byte[]> ReadAsync(string file) => File.ReadAllBytesAsync(Path.Combine(SharedData.Folder("rfc4475"), file));

    private async Task NextIsServedAsync()
    {
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, "next");
        (await phone.AskAsync(phone.Request("OPTIONS", "sip:gateway.test"))).StatusCode.Should().Be(200);
        using var connection = await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);
        await connection.SendAsync(TcpPhone.Options("next"));
        (await connection.ReceiveAsync()).StatusCode.Should().Be(200);
    }
}
