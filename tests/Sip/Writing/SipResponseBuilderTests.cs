using System.Net;
using System.Text;
using SipGateway.Sip.Tests.Parsing;

namespace SipGateway.Sip.Tests.Writing;

/// <summary>Responses: what is copied, what is added, and what is refused.</summary>
public sealed class SipResponseBuilderTests
{
    private static readonly IPEndPoint Source = new(IPAddress.Parse("192.0.2.77"), 40_001);

    [Fact]
    public void For_ARequest_CopiesWhatIdentifiesIt()
    {
        var request = (SipRequest)Sample.Datagram(
            Sample.RegisterWith("v: SIP/2.0/UDP far;branch=z9hG4bK0 , SIP/2.0/UDP farther\r\n")).Message!;

        var text = Encoding.UTF8.GetString(SipResponseBuilder.For(request, 200, toTag: "t9", source: Source)
            .Add(SipHeaderName.Contact, "<sip:a@b>;expires=60").Body("text/plain", "hi"u8.ToArray()).Build());

        text.Should().Be(
            "SIP/2.0 200 OK\r\n" +
            "Via: SIP/2.0/TCP 10.0.0.5:5060;branch=z9hG4bK1;rport=40001;received=192.0.2.77\r\n" +
            "Via: SIP/2.0/UDP far;branch=z9hG4bK0 , SIP/2.0/UDP farther\r\n" +
            "From: <sip:alice@gw.example.com>;tag=a1\r\n" +
            "To: <sip:alice@gw.example.com>;tag=t9\r\n" +
            "Call-ID: 1_2@10.0.0.5\r\n" +
            "CSeq: 1 REGISTER\r\n" +
            "Contact: <sip:a@b>;expires=60\r\n" +
            "Content-Type: text/plain\r\n" +
            "Content-Length: 2\r\n\r\nhi");
    }

    [Theory]
    [InlineData("192.0.2.77", "SIP/2.0/UDP 192.0.2.77")]
    [InlineData("host.example.com", "SIP/2.0/UDP host.example.com;received=192.0.2.77")]
    [InlineData("192.0.2.77;rport", "SIP/2.0/UDP 192.0.2.77;rport=40001;received=192.0.2.77")]
    [InlineData("192.0.2.77;rport=9", "SIP/2.0/UDP 192.0.2.77;rport=40001;received=192.0.2.77")]
    [InlineData("192.0.2.77;received=203.0.113.1", "SIP/2.0/UDP 192.0.2.77;received=192.0.2.77")]
    public void For_ASource_CompletesTheTopVia(string sentBy, string expected)
    {
        var request = Sample.Request("OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP " + sentBy + "\r\n\r\n");

        var response = (SipResponse)Sample.Datagram(SipResponseBuilder.For(request, 200, source: Source).Build()).Message!;

        response.GetText(SipHeaderName.Via).Should().Be(expected);
    }

    [Fact]
    public void For_SeveralViasInOneLine_CompletesTheFirstOnly()
    {
        var request = Sample.Request("OPTIONS sip:a SIP/2.0\r\nv: SIP/2.0/UDP h;rport , SIP/2.0/UDP i;rport\r\n\r\n");

        var response = (SipResponse)Sample.Datagram(SipResponseBuilder.For(request, 200, source: Source).Build()).Message!;

        response.Vias!.Select(via => via.RPort).Should().Equal(40_001, null);
    }

    [Fact]
    public void For_MappedAddress_IsWrittenAsIPv4()
    {
        var request = Sample.Request("OPTIONS sip:a SIP/2.0\r\nv: SIP/2.0/UDP h\r\n\r\n");

        var bytes = SipResponseBuilder.For(request, 200, source: new IPEndPoint(IPAddress.Parse("::ffff:192.0.2.77"), 1)).Build();

        Sample.Datagram(bytes).Message!.TopVia!.Received.Should().Be("192.0.2.77");
    }

    [Fact]
    public void For_AToWithTag_DoesNotAddAnother()
    {
        var request = Sample.Request("BYE sip:a SIP/2.0\r\nTo: <sip:a@b>;tag=mine\r\n\r\n");

        Sample.Datagram(SipResponseBuilder.For(request, 200, toTag: "other").Build()).Message!.To!.Tag.Should().Be("mine");
    }

    [Fact]
    public void For_EveryTortureMessage_MakesAReadableAnswer()
    {
        foreach (var file in Directory.GetFiles(TestData.Folder("rfc4475"), "*.dat"))
        {
            var parsed = Sample.Datagram(File.ReadAllBytes(file));
            if ((parsed.Message ?? parsed.RejectedMessage) is not SipRequest request)
            {
                continue;
            }

            var answer = Sample.Datagram(SipResponseBuilder.For(request, 400, toTag: "x", source: Source).Build()).Message!;
            answer.CallId.Should().Be(request.CallId, file);
            answer.CountOf(SipHeaderName.Via).Should().Be(request.CountOf(SipHeaderName.Via), file);
            answer.GetText(SipHeaderName.From).Should().Be(request.GetText(SipHeaderName.From), file);
        }
    }

    [Theory]
    [InlineData("a\r\nX: 1")]
    [InlineData("a\nX: 1")]
    [InlineData("a\rX: 1")]
    [InlineData("a\0")]
    [InlineData("a\x7f")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    public void Value_WithALineEnd_IsRefusedEverywhere(string evil)
    {
        var request = Sample.Request("OPTIONS sip:a SIP/2.0\r\nTo: <sip:a@b>\r\nv: SIP/2.0/UDP h\r\n\r\n");
        Action[] attempts =
        [
            () => SipResponseBuilder.For(request, 200, evil),
            () => SipResponseBuilder.For(request, 200, toTag: evil),
            () => SipResponseBuilder.For(request, 200).Add(SipHeaderName.Server, evil),
            () => SipResponseBuilder.For(request, 200).Add("X-A", evil),
            () => SipResponseBuilder.For(request, 200).Add(evil, "1"),
            () => SipResponseBuilder.For(request, 200).Body(evil, default),
            () => SipRequestBuilder.Create(SipMethod.Options, evil),
            () => SipRequestBuilder.Create(SipMethod.Options, "sip:a").Via("UDP", evil, "z"),
            () => SipRequestBuilder.Create(SipMethod.Options, "sip:a").CallId(evil),
            () => SipRequestBuilder.Create(SipMethod.Options, "sip:a")
                .From(new NameAddress { DisplayName = evil, Uri = SipUri.Parse("sip:a") }),
            () => SipRequestBuilder.Create(SipMethod.Options, "sip:a").To(SipUri.Parse("sip:a"), evil),
            () => SipMethod.Of(evil),
        ];

        attempts.Should().AllSatisfy(attempt => attempt.Should().Throw<ArgumentException>());
    }
}
