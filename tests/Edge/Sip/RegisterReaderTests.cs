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
    [InlineData(true, 0)]
    [InlineData(false, 400)]
    public void Read_SipsAddress_NeedsTls(bool isSecure, int refusal) => Read(To("sips:a@h") + "Contact: <sip:a@192.0.2.1>\r\n", isSecure)
        .RefusalStatus.Should().Be(refusal);

    [Theory]
    [InlineData("Supported: outbound", ";reg-id=2;+sip.instance=\"<urn:uuid:1>\"", 2)]
    [InlineData("Require: outbound", ";reg-id=2;+sip.instance=\"<urn:uuid:1>\"", 2)]
    [InlineData("Supported: path", ";reg-id=2;+sip.instance=\"<urn:uuid:1>\"", 0)]
    [InlineData("Supported: outbound", ";reg-id=2", 0)]
    public void Read_RegId_CountsBesideInstanceAndSupport(string header, string parameters, int regId)
    {
        var offer = Read(To("sip:a@h") + $"{header}\r\nContact: <sip:a@192.0.2.1>;expires=60{parameters}\r\n").Contacts.Should().ContainSingle().Subject;
        offer.RegId.Should().Be(regId);
        offer.Parameters.Should().Be(parameters, "what the phone sent is what it gets back");
    }

    [Theory]
    [InlineData(1, "", 0)]
    [InlineData(2, "", 439)]
    [InlineData(2, "Path: <sip:p;lr>\r\n", 439)]
    [InlineData(2, "Path: <sip:q;lr>,<sip:p;lr;ob>\r\n", 0)]
    public void Read_RegIdThroughProxies_NeedsOb(int vias, string path, int refusal) => Read(
        To("sip:a@h") + path + "Supported: path, outbound\r\nContact: <sip:a@192.0.2.1>;reg-id=1;+sip.instance=\"<urn:uuid:1>\"\r\n", vias: vias)
        .RefusalStatus.Should().Be(refusal);

    private static string To(string uri) => $"To: <{uri}>\r\n";

    private static RegisterReading Read(string headers, bool isSecure = false, int vias = 1)
    {
        var via = string.Concat(Enumerable.Range(0, vias).Select(i => $"Via: SIP/2.0/UDP h;branch=z9hG4bK{i}\r\n"));
        var text = $"REGISTER sip:h SIP/2.0\r\n{via}From: <sip:a@h>;tag=1\r\nCall-ID: c\r\nCSeq: 1 REGISTER\r\n{headers}\r\n";
        var request = (SipRequest)SipParser.ParseDatagram(System.Text.Encoding.UTF8.GetBytes(text), SipLimits.Default).Message!;
        return RegisterReader.Read(request, "a", isToHostOurs: true, isSecure);
    }

    [Theory]
    [InlineData("sip:null-%00-null@h", "sip:null@h")]
    [InlineData("sip:Alice@h", "sip:alice@h")]
    [InlineData("sip:alice@h", "sip:alice@h:5060")]
    public void Canonical_DifferentContacts_HaveDifferentSpellings(string one, string other) =>
        RegisterReader.Canonical(SipUri.Parse(one)).Should().NotBe(RegisterReader.Canonical(SipUri.Parse(other)));
}
