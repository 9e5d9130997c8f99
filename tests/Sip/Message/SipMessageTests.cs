using SipGateway.Sip.Tests.Parsing;

namespace SipGateway.Sip.Tests.Message;

/// <summary>What a parsed message offers.</summary>
public sealed class SipMessageTests
{
    [Fact]
    public void CompactForms_MeanTheSameAsTheLongOnes()
    {
        var request = Sample.Request(
            "SUBSCRIBE sip:a@b SIP/2.0\r\nv: SIP/2.0/UDP h;branch=z9hG4bK1\r\nf: <sip:x@b>;tag=1\r\nt: <sip:a@b>\r\ni: id\r\n" +
            "CSeq: 4 SUBSCRIBE\r\nm: <sip:x@h>\r\no: message-summary;id=7\r\nk: 100rel\r\nc: text/plain\r\nl: 2\r\n\r\nhi!!");

        SipRequestValidation.Check(request).Should().BeNull();
        (request.CallId, request.From!.Tag, request.To!.Uri.User, request.TopVia!.Host).Should().Be(("id", "1", "a", "h"));
        (request.Event!.Type, request.Event.Parameters["id"]).Should().Be(("message-summary", "7"));
        request.Supported.Should().Equal("100rel");
        (request.ContentType!.MediaType, request.ContentLength).Should().Be(("text/plain", 2));
        request.Body.ToArray().Should().Equal("hi"u8.ToArray());
        request.Bytes.Length.Should().Be(request.Bytes.Span.IndexOf("\r\n\r\n"u8) + 6);
    }

    [Fact]
    public void Headers_AreListedInOrderWithTheirSpelling()
    {
        var request = Sample.Request("OPTIONS sip:a SIP/2.0\r\nX-Z: 1\r\nx-a : 2\r\nX-Z:3\r\nEmpty:\r\n\r\n");

        request.Headers.Select(header => header.ToString()).Should().Equal("X-Z: 1", "x-a: 2", "X-Z: 3", "Empty: ");
        request.GetHeaders("x-z").Select(header => header.Value).Should().Equal("1", "3");
        request.HeaderCount.Should().Be(4);
    }

    [Fact]
    public void Absent_HeadersAreNullOrEmpty()
    {
        var request = Sample.Request("OPTIONS sip:a SIP/2.0\r\n\r\n");

        (request.TopVia, request.From, request.To, request.CallId, request.CSeq).Should().Be((null, null, null, null, null));
        (request.ExpiresSeconds, request.MaxForwards, request.ContentLength, request.UserAgent).Should().Be((null, null, null, null));
        request.Contacts!.IsEmpty.Should().BeTrue();
        request.Vias.Should().BeEmpty();
        request.Authorizations.Should().BeEmpty();
        SipRequestValidation.Check(request).Should().Be(SipRejectionReason.ViaMissing);
    }

    [Theory]
    [InlineData("0", 0u)]
    [InlineData("3600", 3600u)]
    [InlineData("99999999999999999999", uint.MaxValue)]
    [InlineData("-1", null)]
    [InlineData("1 h", null)]
    [InlineData("", null)]
    public void Expires_ByItsText_IsSecondsOrNull(string text, uint? seconds) =>
        Sample.Request("REGISTER sip:a SIP/2.0\r\nExpires: " + text + "\r\n\r\n").ExpiresSeconds.Should().Be(seconds);

    [Fact]
    public void Routes_OverLinesAndCommas_KeepTheirOrder()
    {
        var request = Sample.Request(
            "BYE sip:a SIP/2.0\r\nRoute: <sip:1;lr>, \"x,y\" <sip:2;lr>\r\nRoute: <sip:3;lr>\r\nPath: <sip:p;lr;ob>\r\nRecord-Route: nonsense\r\n\r\n");

        request.Routes!.Select(route => route.Uri.Host).Should().Equal("1", "2", "3");
        request.Paths!.Single().Uri.Parameters.Contains("ob").Should().BeTrue();
        request.RecordRoutes.Should().BeNull("it breaks the grammar");
    }

    [Theory]
    [InlineData("SIP/2.0 200 OK", 200, "OK")]
    [InlineData("SIP/2.0 404", 404, "")]
    [InlineData("sip/2.0 503 Später", 503, "Später")]
    public void Response_StatusLine_IsRead(string line, int status, string phrase)
    {
        var response = (SipResponse)Sample.Datagram(Sample.Bytes(line + "\r\n\r\n")).Message!;

        (response.StatusCode, response.ReasonPhrase, response.IsFinal).Should().Be((status, phrase, true));
    }

    [Theory]
    [InlineData("SIP/2.0 99 Low")]
    [InlineData("SIP/2.0 700 High")]
    [InlineData("SIP/2.0 2000 Long")]
    [InlineData("SIP/2.0  200 OK")]
    [InlineData("SIP/3.0 200 OK")]
    [InlineData("SIP/2.0 2x0 OK")]
    public void Response_BadStatusLine_IsRejectedAndNeverAnswered(string line)
    {
        var result = Sample.Datagram(Sample.Bytes(line + "\r\n\r\n"));

        result.Reason.Should().Be(SipRejectionReason.StatusLineMalformed);
        result.Reason.StatusCode().Should().BeNull();
    }

    [Fact]
    public void Method_IsComparedWithCase()
    {
        Sample.Request("register sip:a SIP/2.0\r\n\r\n").Method.IsKnown.Should().BeFalse();
        SipMethod.Of("REGISTER").Should().Be(SipMethod.Register);
        SipMethod.Of("FOO").IsKnown.Should().BeFalse();
        default(SipMethod).IsKnown.Should().BeFalse();
    }

    [Theory]
    [InlineData("REGISTER sip:gw SIP/2.1", SipRejectionReason.VersionUnsupported)]
    [InlineData("REGISTER mailto:a@b SIP/2.0", SipRejectionReason.UriSchemeUnsupported)]
    [InlineData("REGISTER <sip:gw> SIP/2.0", SipRejectionReason.RequestUriInvalid)]
    [InlineData("REGISTER sip:gw?X=y SIP/2.0", SipRejectionReason.RequestUriInvalid)]
    [InlineData("INVITE sip:gw SIP/2.0", SipRejectionReason.CSeqMethodMismatch)]
    [InlineData("REGISTER tel:*55*123456%23 SIP/2.0", null)]
    public void Check_OfTheRequestLine_HasItsVerdict(string line, SipRejectionReason? reason)
    {
        var rest = Sample.RegisterHead[Sample.RegisterHead.IndexOf("\r\n", StringComparison.Ordinal)..];

        SipRequestValidation.Check(Sample.Request(line + rest + "\r\n")).Should().Be(reason);
    }

    [Theory]
    [InlineData("Max-Forwards: 256", SipRejectionReason.MaxForwardsInvalid)]
    [InlineData("Max-Forwards: -1", SipRejectionReason.MaxForwardsInvalid)]
    [InlineData("Max-Forwards: 0", null)]
    public void Check_OfMaxForwards_HasItsVerdict(string header, SipRejectionReason? reason) => SipRequestValidation
        .Check(Sample.Request(Sample.RegisterHead.Replace("Max-Forwards: 70", header) + "\r\n")).Should().Be(reason);

    [Fact]
    public void Check_TooManyContacts_IsRefused()
    {
        var contacts = string.Join(", ", Enumerable.Range(0, 17).Select(number => $"<sip:a{number}@b>"));

        SipRequestValidation.Check(Sample.Request(Sample.RegisterHead + "m: " + contacts + "\r\n\r\n"))
            .Should().Be(SipRejectionReason.TooManyContacts);
    }
}
