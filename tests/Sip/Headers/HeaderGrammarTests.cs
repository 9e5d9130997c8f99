using SipGateway.Sip.Tests.Parsing;

namespace SipGateway.Sip.Tests.Headers;

/// <summary>One header at a time, as phones write it and as attackers do.</summary>
public sealed class HeaderGrammarTests
{
    [Theory]
    [InlineData("sip:a@b;tag=1", null, "sip:a@b", "1")]
    [InlineData("<sip:a@b;x=y>;tag=1", null, "sip:a@b;x=y", "1")]
    [InlineData("Watson Thomas <sip:a@b>", "Watson Thomas", "sip:a@b", null)]
    [InlineData("caller<sip:a@b>;tag=323", "caller", "sip:a@b", "323")]
    [InlineData("Jörg <sip:a@b>", "Jörg", "sip:a@b", null)]
    [InlineData("\"a \\\"b\\\" \\\\ <,;>\" <sip:a@b> ; tag = 7", "a \"b\" \\ <,;>", "sip:a@b", "7")]
    [InlineData("\"\" <sip:a@b>", "", "sip:a@b", null)]
    [InlineData("<tel:+1201;phone-context=x>", null, "tel:+1201;phone-context=x", null)]
    public void NameAddress_Good_IsRead(string value, string? name, string uri, string? tag)
    {
        var address = Message("From: " + value).From;

        (address?.DisplayName, address?.Uri.ToString(), address?.Tag).Should().Be((name, uri, tag));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("%")]
    [InlineData("<>")]
    [InlineData("<sip:a@b")]
    [InlineData("sip:a@b>")]
    [InlineData("< sip:a@b >")]
    [InlineData("\"a <sip:a@b>")]
    [InlineData("\"a\" sip:a@b")]
    [InlineData("\"a\\")]
    [InlineData("Bell, Alexander <sip:a@b>")]
    [InlineData("<sip:a@b>;tag=")]
    [InlineData("<sip:a@b>;;tag=1")]
    [InlineData("<sip:a@b> tag=1")]
    [InlineData("sip:a@b?X=y")]
    [InlineData("<sip:a@b>, <sip:c@d>")]
    [InlineData("")]
    public void NameAddress_Bad_IsNull(string value) => Message("From: " + value).From.Should().BeNull();

    [Theory]
    [InlineData("1 REGISTER", 1u)]
    [InlineData("0 REGISTER", 0u)]
    [InlineData("2147483647   REGISTER", 2147483647u)]
    [InlineData("0009 REGISTER", 9u)]
    [InlineData("2147483648 REGISTER", null)]
    [InlineData("4294967297 REGISTER", null)]
    [InlineData("-1 REGISTER", null)]
    [InlineData("+1 REGISTER", null)]
    [InlineData("1REGISTER", null)]
    [InlineData("1", null)]
    [InlineData("1 REG ISTER", null)]
    [InlineData("INVITE", null)]
    [InlineData("١ REGISTER", null)]
    public void CSeq_ByItsNumber_IsReadOrNot(string value, uint? number) => Message("CSeq: " + value).CSeq?.Number.Should().Be(number);

    [Theory]
    [InlineData("SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa;rport", "UDP", "192.0.2.1", null, "z9hG4bKa")]
    [InlineData("SIP / 2.0 / TLS  [2001:db8::9] : 5061 ; branch = b", "TLS", "[2001:db8::9]", 5061, "b")]
    [InlineData("SIP/2.0/UDP host_1.local:5062", "UDP", "host_1.local", 5062, null)]
    public void Via_Good_IsRead(string value, string transport, string host, int? port, string? branch)
    {
        var via = Message("Via: " + value).TopVia!;

        (via.Transport, via.Host, via.Port, via.Branch).Should().Be((transport, host, port, branch));
    }

    [Theory]
    [InlineData("SIP/2.0/UDP")]
    [InlineData("SIP/2.0 192.0.2.1")]
    [InlineData("SIP/2.0/UDP 192.0.2.1;;")]
    [InlineData("SIP/2.0/UDP 192.0.2.1:99999")]
    [InlineData("SIP/2.0/UDP 192.0.2.1:50605060506050605060")]
    [InlineData("SIP/2.0/UDP [::1")]
    [InlineData("SIP/2.0/UDP a b")]
    [InlineData("SIP/2.0/UDP a,")]
    public void Via_Bad_IsRejected(string value)
    {
        var request = Message("Via: " + value + "\r\nFrom: <sip:a@b>\r\nTo: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 REGISTER");

        SipRequestValidation.Check(request).Should().Be(SipRejectionReason.ViaInvalid);
    }

    [Theory]
    [InlineData("Contact: *", true, 0)]
    [InlineData("m: <sip:a@b>, \"x, y\" <sip:c@d>;q=0.5", false, 2)]
    [InlineData("Contact: <sip:a@b>\r\nm: sip:c@d", false, 2)]
    [InlineData("X: 1", false, 0)]
    public void Contacts_Good_AreRead(string headers, bool star, int count)
    {
        var contacts = Message(headers).Contacts!;

        (contacts.IsStar, contacts.Addresses.Count).Should().Be((star, count));
    }

    [Theory]
    [InlineData("Contact: *, <sip:a@b>")]
    [InlineData("Contact: *\r\nContact: <sip:a@b>")]
    [InlineData("Contact: <sip:a@b>\r\nContact: *")]
    [InlineData("Contact: *;expires=0")]
    [InlineData("Contact: <sip:a@b>,")]
    [InlineData("Contact: %")]
    [InlineData("Contact: sip:a@b>")]
    public void Contacts_Bad_AreNull(string headers) => Message(headers).Contacts.Should().BeNull();

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1000)]
    [InlineData("0.5", 500)]
    [InlineData("0.333", 333)]
    [InlineData("1.000", 1000)]
    [InlineData("1.", 1000)]
    [InlineData("1.001", null)]
    [InlineData("2", null)]
    [InlineData("-0.1", null)]
    [InlineData("0,5", null)]
    [InlineData("0.1234", null)]
    [InlineData("NaN", null)]
    [InlineData("10", null)]
    [InlineData("0.+5", null)]
    public void Contact_QValue_IsThousandths(string q, int? thousandths)
    {
        var contact = new NameAddress { Uri = SipUri.Parse("sip:a@b"), Parameters = SipParameters.None.With("q", q) };

        contact.QThousandths().Should().Be(thousandths);
    }

    [Fact]
    public void Contact_OfAnOutboundPhone_HasInstanceFlowAndExpiry()
    {
        var contact = Message("Contact: <sip:a@b>;reg-id=1;" +
                "+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-00155d000001>\";expires=99999999999")
            .Contacts!.Addresses.Single();

        contact.Instance().Should().Be("<urn:uuid:00000000-0000-1000-8000-00155d000001>");
        contact.RegId().Should().Be(1);
        contact.ExpiresSeconds().Should().Be(uint.MaxValue);
    }

    [Fact]
    public void OptionTags_OverLinesAndCommas_AreJoined()
    {
        var message = Message("Require: foo , bar\r\nRequire: baz\r\nk: path,, outbound\r\nProxy-Require:");

        message.Require.Should().Equal("foo", "bar", "baz");
        message.Supported.Should().Equal("path", "outbound");
        message.ProxyRequire.Should().BeEmpty();
    }

    [Theory]
    [InlineData("i", SipHeaderName.CallId)]
    [InlineData("M", SipHeaderName.Contact)]
    [InlineData("o", SipHeaderName.Event)]
    [InlineData("x", SipHeaderName.SessionExpires)]
    [InlineData("wWw-aUtHeNtIcAtE", SipHeaderName.WwwAuthenticate)]
    [InlineData("q", SipHeaderName.Unknown)]
    [InlineData("Toe", SipHeaderName.Unknown)]
    public void Name_InAnyForm_IsFound(string text, SipHeaderName name) => Message(text + ": 1").Headers.Single().Name.Should().Be(name);

    [Fact]
    public void Names_AllHaveASpellingThatLeadsBack()
    {
        foreach (var name in Enum.GetValues<SipHeaderName>().Where(name => name != SipHeaderName.Unknown))
        {
            Message(name.Text() + ": 0").Headers.Single().Name.Should().Be(name);
        }
    }

    [Theory]
    [InlineData("application/SDP", "application/sdp")]
    [InlineData("multipart/mixed ; boundary=\"a b\"", "multipart/mixed")]
    [InlineData("application", null)]
    public void ContentType_IsReadOrNull(string value, string? mediaType) =>
        Message("c: " + value).ContentType?.MediaType.Should().Be(mediaType);

    private static SipRequest Message(string headers) => Sample.Request("REGISTER sip:gw SIP/2.0\r\n" + headers + "\r\n\r\n");
}
