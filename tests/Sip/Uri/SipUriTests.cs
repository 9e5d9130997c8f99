using CsCheck;

namespace SipGateway.Sip.Tests;

/// <summary>URIs: parts, escapes, text and equivalence.</summary>
public sealed class SipUriTests
{
    [Theory]
    [InlineData("sip:alice@atlanta.com", "alice", "atlanta.com", null)]
    [InlineData("sip:alice:secretword@atlanta.com;transport=tcp", "alice", "atlanta.com", null)]
    [InlineData("sips:alice@atlanta.com?subject=project%20x&priority=urgent", "alice", "atlanta.com", null)]
    [InlineData("sip:+1-212-555-1212:1234@gateway.com;user=phone", "+1-212-555-1212", "gateway.com", null)]
    [InlineData("sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com", null, "atlanta.com", null)]
    [InlineData("sip:alice;day=tuesday@atlanta.com", "alice;day=tuesday", "atlanta.com", null)]
    [InlineData("sip:*55*123456%23@[2001:db8::1]:5070;user=phone", "*55*123456#", "[2001:db8::1]", 5070)]
    [InlineData("sip:%2A55%2A123456#@gw", "*55*123456#", "gw", null)]
    [InlineData("sip:value%2541@gw", "value%41", "gw", null)]
    [InlineData("SIP:j%C3%B6rg@gw;lr;x=%6C", "jörg", "gw", null)]
    public void Parse_GoodUri_HasItsPartsAndItsText(string text, string? user, string host, int? port)
    {
        var uri = SipUri.Parse(text);

        (uri.User, uri.Host, uri.Port).Should().Be((user, host, port));
        uri.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("tel:+1-201-555-0123;phone-context=example.com", "+1-201-555-0123")]
    [InlineData("tel:*55*123456", "*55*123456")]
    [InlineData("tel:*55*123456%23", "*55*123456#")]
    public void Parse_Tel_HasItsNumber(string text, string number)
    {
        var uri = SipUri.Parse(text);

        (uri.Scheme, uri.User, uri.Host).Should().Be((SipUriScheme.Tel, number, string.Empty));
        uri.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("isbn:2983792873")]
    [InlineData("soap.beep://192.0.2.103:3002")]
    [InlineData("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6")]
    public void Parse_OtherScheme_KeepsItsText(string text)
    {
        var uri = SipUri.Parse(text);

        uri.Scheme.Should().Be(SipUriScheme.Other);
        uri.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("%")]
    [InlineData("sip:")]
    [InlineData("sip:@host")]
    [InlineData("sip:a@")]
    [InlineData("sip:a@host:")]
    [InlineData("sip:a@host:0")]
    [InlineData("sip:a@host:65536")]
    [InlineData("sip:a@host:4294972356")]
    [InlineData("sip:a@host:-1")]
    [InlineData("sip:a%@host")]
    [InlineData("sip:a%4@host")]
    [InlineData("sip:a%zz@host")]
    [InlineData("sip:a b@host")]
    [InlineData("sip:a@ho st")]
    [InlineData("sip:a@host;")]
    [InlineData("sip:a@host;=x")]
    [InlineData("sip:a@host x")]
    [InlineData("sip:a@[::1")]
    [InlineData("sip:a@[localhost]")]
    [InlineData("sip:a@[fe80::1%25eth0]")]
    [InlineData("<sip:a@host>")]
    [InlineData("sip:a@b@c")]
    [InlineData("tel:")]
    [InlineData("tel:hello")]
    [InlineData("a")]
    public void Parse_BadUri_IsRefused(string text) => SipUri.TryParse(text, out _).Should().BeFalse();

    // RFC 3261 §19.1.4 lists these.
    [Theory]
    [InlineData("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5")]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;newparam=5")]
    [InlineData(
        "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
        "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com")]
    [InlineData("sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x")]
    [InlineData("tel:+1-201-555-0123", "tel:+12015550123")]
    [InlineData("sip:a#@h", "sip:a%23@h")]
    [InlineData("sip:jörg@h", "sip:j%c3%b6rg@h")]
    public void Equality_OfEquivalentUris_Holds(string left, string right)
    {
        var (one, other) = (SipUri.Parse(left), SipUri.Parse(right));

        SipUri.AreEquivalent(one, other).Should().BeTrue();
        SipUri.AreEquivalent(other, one).Should().BeTrue();
        one.GetHashCode().Should().Be(other.GetHashCode());
    }

    [Theory]
    [InlineData("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting")]
    [InlineData("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4")]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off")]
    [InlineData("sip:a@h", "sips:a@h")]
    [InlineData("sip:h", "sip:a@h")]
    [InlineData("sip:a%3bb@h", "sip:a;b@h")]
    [InlineData("sip:%2541@h", "sip:%41@h")]
    [InlineData("sip:%00@h", "sip:%00%00@h")]
    public void Equality_OfDifferentUris_DoesNotHold(string left, string right)
    {
        SipUri.AreEquivalent(SipUri.Parse(left), SipUri.Parse(right)).Should().BeFalse();
        SipUri.AreEquivalent(SipUri.Parse(right), SipUri.Parse(left)).Should().BeFalse();
    }

    [Fact]
    public void Create_AnyUser_ComesBackAfterParsing() => Gen.String[1, 30]
        .Where(user => !user.Any(char.IsSurrogate))
        .Sample(user => SipUri.Parse(SipUri.Create(user, "gw.example.com", 5060).ToString()).User == user, iter: 2_000);

    [Fact]
    public void Create_WithIPv6_BracketsIt() =>
        SipUri.Create("a", "2001:db8::1", 5060, secure: true).ToString().Should().Be("sips:a@[2001:db8::1]:5060");

    [Fact]
    public void With_ParametersAddedAndRemoved_KeepsTheRest()
    {
        var uri = SipUri.Parse("sip:a@h:5070;lr?x=y");

        uri.WithParameter("transport", "tls").ToString().Should().Be("sip:a@h:5070;lr;transport=tls?x=y");
        uri.WithoutParameters().ToString().Should().Be("sip:a@h:5070");
    }
}
