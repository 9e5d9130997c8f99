using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip;

public sealed class RegisterReaderTests
{
    [Theory]
    [InlineData("sip:%61lice@Host.Example;b=2;a=1", "sip:alice@host.example;A=1;B=2")]
    [InlineData("SIP:alice@host:5060", "sip:alice@HOST:5060")]
    public void Canonical_EquivalentContacts_HaveOneSpelling(string one, string other) =>
        RegisterReader.Canonical(SipUri.Parse(one)).Should().Be(RegisterReader.Canonical(SipUri.Parse(other)));

    [Theory]
    [InlineData("sip:null-%00-null@h", "sip:null@h")]
    [InlineData("sip:Alice@h", "sip:alice@h")]
    [InlineData("sip:alice@h", "sip:alice@h:5060")]
    public void Canonical_DifferentContacts_HaveDifferentSpellings(string one, string other) =>
        RegisterReader.Canonical(SipUri.Parse(one)).Should().NotBe(RegisterReader.Canonical(SipUri.Parse(other)));
}
