using System.Net;
using System.Text;

namespace SipGateway.Edge.Tests.Sip;

public sealed class SdpTests
{
    private static readonly IPEndPoint Local = new(IPAddress.Parse("192.0.2.1"), 16384);

    [Fact]
    public void Answer_OfferWithVideoFirst_RefusesItInPlace()
    {
        var offer = Parse(
            "v=0\r\nc=IN IP4 198.51.100.7\r\nm=video 4000 RTP/AVP 96\r\nm=audio 5000 RTP/AVP 18 97 0\r\n"
            + "a=rtpmap:97 PCMA/8000\r\na=sendonly\r\n")!;
        var (sdp, target) = SdpNegotiation.Answer(offer, Local)!.Value;
        sdp.Should().Contain("m=video 0 RTP/AVP 96\r\nm=audio 16384 RTP/AVP 97\r\na=rtpmap:97 PCMA/8000").And.Contain("a=recvonly")
            .And.Contain("c=IN IP4 192.0.2.1");
        target.Should().Be(new RtpTarget(new IPEndPoint(IPAddress.Parse("198.51.100.7"), 5000), G711Law.ALaw, 97, false));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("phone.example")]
    public void Answer_AddressThatIsNoHost_IsNotSentTo(string address) =>
        SdpNegotiation.Answer(Parse($"v=0\r\nc=IN IP4 {address}\r\nm=audio 5000 RTP/AVP 0\r\n")!, Local)!
            .Value.Target.Target.Should().BeNull();

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("v=0\r\nm=audio\r\n")]
    [InlineData("v=0\r\nm=audio 70000 RTP/AVP 0\r\n")]
    [InlineData("v=0\r\nm=audio -1 RTP/AVP 0\r\n")]
    public void Parse_NoDescription_IsNull(string sdp) => Parse(sdp).Should().BeNull();

    [Theory]
    [InlineData("v=0\r\nm=audio 0 RTP/AVP 0\r\n")]
    [InlineData("v=0\r\n")]
    [InlineData("v=0\r\nm=audio 5000 UDP/TLS/RTP/SAVPF 0\r\n")]
    public void Answer_NothingToServe_IsNull(string sdp) => SdpNegotiation.Answer(Parse(sdp)!, Local).Should().BeNull();

    private static SdpDescription? Parse(string text) => SdpDescription.Parse(Encoding.UTF8.GetBytes(text));
}
