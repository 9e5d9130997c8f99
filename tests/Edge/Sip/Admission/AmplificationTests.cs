using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>Nobody is worth flooding by way of us: an address that proved nothing gets one answer of at most one and a half times what it sent.</summary>
public sealed class AmplificationTests(EdgeFixture fixture)
{
    private static readonly string[] Methods =
    [
        "REGISTER", "OPTIONS", "INVITE", "ACK", "CANCEL", "BYE", "MESSAGE", "SUBSCRIBE", "NOTIFY", "PUBLISH", "REFER", "INFO", "UPDATE", "PRACK", "FOO",
    ];

    private static readonly string[] Extras =
    [
        "", "Require: a, b, c\r\n", "Expires: x\r\n", "Max-Forwards: 0\r\n", "Authorization: Digest nonsense\r\n", "Supported: path\r\nPath: <sip:p;lr>\r\n",
        "User-Agent: Linphone/5\r\n", "Contact: *\r\n", "Content-Type: x/y\r\n", "Record-Route: <sip:a;lr>\r\n", "CSeq: 1 OTHER\r\n", "To: <sip:twice>\r\n",
    ];

    public static TheoryData<string> AllMethods => new(Methods);

    public static TheoryData<string> Corpus => new(Directory.GetFiles(SharedData.Folder("rfc4475"), "*.dat").Select(f => Path.GetFileName(f)!));

    [Theory]
    [MemberData(nameof(AllMethods))]
    public void Datagram_OfAnyMethodHoweverSmall_GetsOneAnswerWithinTheBound(string method)
    {
        string[] uris = ["sip:gateway.test", "sip:*55*123456@gateway.test", "sip:x@elsewhere.test", "tel:1", "http://x", "sip:gateway.test;a=b?c=d"];
        foreach (var uri in uris)
        {
            foreach (var extra in Extras)
            {
                Check(Encoding.UTF8.GetBytes(Small(method, uri, extra)));
                Check(Encoding.UTF8.GetBytes(Small(method, uri, extra).Replace("From:", "f:").Replace("To:", "t:").Replace("Call-ID:", "i:").Replace("Via:", "v:")));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task Datagram_OfTheTortureCorpus_GetsOneAnswerWithinTheBound(string file) =>
        Check(await File.ReadAllBytesAsync(Path.Combine(SharedData.Folder("rfc4475"), file)));

    [Fact]
    public void Response_OfAnyStatus_IsCutToItsBound()
    {
        var request = (SipRequest)SipParser.ParseDatagram(Encoding.UTF8.GetBytes(Small("OPTIONS", "sip:gateway.test", "")), SipLimits.Default).Message!;
        for (var status = 100; status <= 699; status++)
        {
            var whole = SipResponseBuilder.For(request, status, null, "12345678", new IPEndPoint(IPAddress.Parse("192.0.2.255"), 65535))
                .Add(SipHeaderName.WwwAuthenticate, "Digest realm=\"a\", nonce=\"sha\", algorithm=SHA-256")
                .Add(SipHeaderName.WwwAuthenticate, "Digest realm=\"a\", nonce=\"md5\", algorithm=MD5")
                .Add(SipHeaderName.Allow, Responder.Allow).Add(SipHeaderName.Accept, "application/sdp").Add(SipHeaderName.Supported, "path, outbound")
                .Add(SipHeaderName.RetryAfter, "10").Add(SipHeaderName.Date, "Thu, 01 Jan 2026 00:00:00 GMT").Build();
            ReplyBound.Shorten(whole, whole.Length).ToArray().Should().Equal(whole, "what fits is not touched");
            for (var length = 0; length < whole.Length; length += 7)
            {
                var cut = ReplyBound.Shorten(whole, length);
                ReplyBound.Fits(length, cut.Length).Should().BeTrue();
                if (!cut.IsEmpty)
                {
                    var read = (SipResponse)SipParser.ParseDatagram(cut, SipLimits.Default).Message!;
                    read.StatusCode.Should().Be(status);
                    read.TopVia!.Branch.Should().Be(request.TopVia!.Branch);
                    read.GetHeaders(SipHeaderName.WwwAuthenticate).Last().Value.Should().Contain("MD5");
                }
            }
        }
    }

    [Fact]
    public void Response405_ThatLosesWhatIsOptional_KeepsItsAllow()
    {
        var request = (SipRequest)SipParser.ParseDatagram(Encoding.UTF8.GetBytes(Small("MESSAGE", "sip:gateway.test", "")), SipLimits.Default).Message!;
        var bare = SipResponseBuilder.For(request, 405, null, "1").Add(SipHeaderName.Allow, "REGISTER").Build();
        var whole = SipResponseBuilder.For(request, 405, null, "1").Add(SipHeaderName.Allow, "REGISTER").Add(SipHeaderName.Supported, "path").Build();
        ReplyBound.Shorten(whole, bare.Length * 2 / 3).ToArray().Should().Equal(bare);
    }

    [Fact]
    public async Task Invite_WithANonceOfAnother_BeginsNoTransactionThatRepeatsItsAnswer()
    {
        var (user, secret, _) = fixture.NewDevice();
        using var told = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        using var elsewhere = new UdpPhone(fixture.Edge.UdpEndPoint, user, IPAddress.Parse("127.0.0.31"));
        var uri = "sip:*55*123456@gateway.test";
        var challenge = await told.AskAsync(told.Request("INVITE", uri, to: $"<{uri}>"));
        var authorization = UdpPhone.Authorize(challenge, user, secret, "INVITE", uri);
        var answer = await elsewhere.AskAsync(elsewhere.Request("INVITE", uri, $"Authorization: {authorization}\r\n", to: $"<{uri}>"));
        answer.StatusCode.Should().Be(401);
        answer.GetText(SipHeaderName.WwwAuthenticate).Should().Contain("stale=true", "a phone that moved asks again by itself");
        (await elsewhere.TryReceiveAsync(TimeSpan.FromMilliseconds(400))).Should().BeNull("without an ACK it would be repeated by now");
    }

    private static string Small(string method, string uri, string extra) =>
        $"{method} {uri} SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK{Guid.NewGuid():n};rport\r\nFrom: <sip:a>;tag=1\r\nTo: <sip:a>\r\n"
        + $"Call-ID: {Guid.NewGuid():n}\r\nCSeq: 1 {method}\r\n{extra}\r\n";

    private void Check(byte[] datagram)
    {
        var flow = new StillFlow("203.0.113.250:65535", local: "127.0.0.1:5060");
        fixture.Services.GetRequiredService<SipReceiver>().Receive(flow, datagram);
        flow.Sent.Count.Should().BeLessThanOrEqualTo(1);
        flow.Sent.Sum(s => s.Length).Should().BeLessThanOrEqualTo(datagram.Length * 3 / 2, Encoding.UTF8.GetString(datagram));

        var answer = new byte[8192];
        var shortcut = fixture.Services.GetRequiredService<IShortcut>();
        shortcut.Answer(datagram, flow.Remote.Serialize(), flow.Local, answer).Should().BeLessThanOrEqualTo(datagram.Length * 3 / 2);
    }
}
