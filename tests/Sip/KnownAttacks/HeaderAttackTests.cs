using SipGateway.Sip.Tests.Parsing;
using SipGateway.Tests.KnownAttacks;

namespace SipGateway.Sip.Tests.KnownAttacks;

/// <summary>Headers that broke other parsers.</summary>
public sealed class HeaderAttackTests
{
    private const string Via = "Via: SIP/2.0/TCP 10.0.0.5:5060;branch=z9hG4bK1;rport";
    private const string From = "From: <sip:alice@gw.example.com>;tag=a1";
    private const string To = "To: <sip:alice@gw.example.com>";
    private const string Contact = "Contact: <sip:alice@10.0.0.5:5060;transport=tcp>;expires=3600";

    private static readonly string Long = new('m', 7000);

    [Fact]
    [KnownAttack("CVE-2017-9372 (AST-2017-002)")]
    public void CSeq_WithAnEndlessMethodAndNoBranch_IsRefused() =>
        Verdict(Change("CSeq: 1 REGISTER", "CSeq: 1 " + Long).Replace(";branch=z9hG4bK1", "")).Should().Be(SipRejectionReason.CSeqMethodMismatch);

    [Theory]
    [InlineData("SIP/2.0/UDP")]
    [InlineData("SIP/2.0/UDP ;branch=z9hG4bK1")]
    [InlineData("SIP/2.0 10.0.0.5;branch=z9hG4bK1")]
    [InlineData("/2.0/UDP 10.0.0.5")]
    [InlineData("SIP/2.0/UDP 10.0.0.5:;branch=z9hG4bK1")]
    [InlineData("SIP/2.0/UDP 10.0.0.5:99999;branch=z9hG4bK1")]
    [InlineData("SIP/2.0/UDP [::1;branch=z9hG4bK1")]
    [InlineData("SIP/2.0/UDP 10.0.0.5;branch=\"z9hG4bK1")]
    [InlineData("SIP/2.0/UDP 10.0.0.5;branch=z9hG4bK1,")]
    [InlineData(",")]
    [InlineData("")]
    [KnownAttack("CVE-2018-16657")]
    [KnownAttack("CVE-2023-27595..27601, 28095..28099")]
    public void Via_Broken_IsRefused(string via) => Verdict(Change(Via, "Via: " + via)).Should().Be(SipRejectionReason.ViaInvalid);

    [Theory]
    [InlineData("To: <sip:alice@gw.example.com>;tag=\"")]
    [InlineData("To: <sip:alice@gw.example.com>;;tag=1")]
    [InlineData("To: <sip:alice@gw.example.com>;=1")]
    [InlineData("To: <sip:alice@gw.example.com>;tag=1 2")]
    [InlineData("To: <sip:alice@gw.example.com")]
    [KnownAttack("CVE-2023-27595..27601, 28095..28099")]
    public void ToParameter_Broken_IsRefused(string to) => Verdict(Change(To, to)).Should().Be(SipRejectionReason.ToInvalid);

    [Theory]
    [InlineData("From: /")]
    [InlineData("From: ")]
    [InlineData("From: <>")]
    [InlineData("From: \"<sip:alice@gw.example.com>;tag=a1")]
    [InlineData("From: \"\\\" <sip:alice@gw.example.com>;tag=a1")]
    [InlineData("From: , <sip:alice@gw.example.com>;tag=a1")]
    [InlineData("From: :@ <sip:alice@gw.example.com>;tag=a1")]
    [KnownAttack("CVE-2021-33056, 43610, 43611")]
    public void From_SlashOrOddDisplayName_IsRefused(string from) => Verdict(Change(From, from)).Should().Be(SipRejectionReason.FromInvalid);

    [Theory]
    [InlineData("From: <sip:bob@gw.example.com>;tag=")]
    [InlineData("To: <sip:bob@gw.example.com>;tag=")]
    [InlineData("t: <sip:bob@gw.example.com>;tag=")]
    [InlineData("Call-ID: 2")]
    [InlineData("CSeq: 2 REGISTER")]
    [KnownAttack("CVE-2020-27507")]
    [KnownAttack("CVE-2018-14767")]
    public void SingleHeader_Twice_WithALongTag_IsRefused(string second) =>
        Verdict(Add((second + Long)[..7000] + "\r\n")).Should().Be(SipRejectionReason.HeaderDuplicate);

    [Theory]
    [InlineData("P-Asserted-Identity : <sip:boss@gw>")]
    [InlineData("P-Asserted-Identity\t: <sip:boss@gw>")]
    [InlineData("p-aSSERTED-iDENTITY \t :<sip:boss@gw>")]
    [KnownAttack("CVE-2020-28361")]
    public void TrustedHeader_WithABlankBeforeItsColon_IsFoundByItsName(string header) => ((SipRequest)Sample.Datagram(Sample.Bytes(Add(header + "\r\n"))).Message!)
        .GetText(SipHeaderName.PAssertedIdentity).Should().Be("<sip:boss@gw>");

    [Theory]
    [InlineData("P-Asserted-Identity\u0001: <sip:boss@gw>", SipRejectionReason.ControlCharacter)]
    [InlineData("P-Asserted-Identity\v: <sip:boss@gw>", SipRejectionReason.ControlCharacter)]
    [InlineData("P-Asserted-Identity\u007f: <sip:boss@gw>", SipRejectionReason.ControlCharacter)]
    [InlineData("P-Asserted-Identity\\\u0001: <sip:boss@gw>", SipRejectionReason.HeaderNameInvalid)]
    [InlineData("\u0001P-Asserted-Identity: <sip:boss@gw>", SipRejectionReason.ControlCharacter)]
    [InlineData("P-Asserted-Identity\u00a0: <sip:boss@gw>", SipRejectionReason.HeaderNameInvalid)]
    [KnownAttack("CVE-2016-9938")]
    public void HeaderName_WithAControlByteBeforeTheColon_IsRefusedAndClosesAStream(string header, SipRejectionReason reason)
    {
        Verdict(Add(header + "\r\n")).Should().Be(reason);
        Sample.Stream(Sample.RegisterWith(header + "\r\nContent-Length: 0\r\n")).MustClose.Should().BeTrue();
    }

    [Theory]
    [InlineData("Contact: <sip:@@[::1>")]
    [InlineData("Contact: <sip:a@[::1]]:5>")]
    [InlineData("Contact: <sip:a@b%>")]
    [InlineData("Contact: <sip:a%4@b>")]
    [InlineData("Contact: <sip:a%zz@b>")]
    [InlineData("Contact: <>")]
    [InlineData("Contact: %")]
    [InlineData("Contact: sip:alice@10.0.0.5>;expires=3600")]
    [InlineData("Contact: <sip:alice@10.0.0.5:506050605060>")]
    [InlineData("Contact: <sip:alice@10.0.0.5:-1>")]
    [InlineData("Contact: <sip:alice@10.0.0.5:65536>")]
    [KnownAttack("CVE-2024-42491")]
    [KnownAttack("CVE-2026-106803, CVE-2026-108822")]
    [KnownAttack("CVE-2022-31001/2/3, CVE-2022-47516, CVE-2023-22741, CVE-2023-32307")]
    public void Contact_WithABrokenUri_IsRefused(string contact) => Verdict(Change(Contact, contact)).Should().Be(SipRejectionReason.ContactInvalid);

    [Theory]
    [InlineData("Record-Route: <sip:a@[::>")]
    [InlineData("Record-Route: sip:%,,<")]
    [KnownAttack("CVE-2024-42491")]
    public void RecordRoute_WithABrokenUri_IsNoRouteAndTheAnswerStillStands(string header)
    {
        var request = (SipRequest)Sample.Datagram(Sample.Bytes(Add(header + "\r\n"))).Message!;

        request.RecordRoutes.Should().BeNull();
        var answer = SipResponseBuilder.For(request, 200, toTag: "t").CopyAll(request, SipHeaderName.RecordRoute).Build();
        Sample.Datagram(answer).Status.Should().Be(SipParseStatus.Complete);
    }

    [Fact]
    [KnownAttack("CVE-2026-45538")]
    public void HeaderName_Of340Characters_IsRefused() =>
        Verdict(Add(new string('N', 340) + ": 1\r\n")).Should().Be(SipRejectionReason.HeaderNameInvalid);

    [Theory]
    [InlineData("Call-ID: 1_2@10.0.0.5", "Call-ID: ")]
    [InlineData("User-Agent: Yealink SIP-T46G 28.86.0.15", "Warning: 399 a ")]
    [KnownAttack("CVE-2024-3119, CVE-2024-3120")]
    public void Value_WithoutBound_IsRefusedAtTheBound(string from, string to)
    {
        Verdict(Change(from, to + Long)).Should().BeNull("seven thousand octets are within the bound");
        Verdict(Change(from, to + Long + Long)).Should().Be(SipRejectionReason.HeaderValueTooLong);
    }

    [Fact]
    [KnownAttack("CVE-2018-8828")]
    public void FromTag_Overlong_IsReadWholeOrRefused()
    {
        var request = (SipRequest)Sample.Datagram(Sample.Bytes(Change("tag=a1", "tag=" + Long))).Message!;

        request.From!.Tag.Should().Be(Long);
        Verdict(Change("tag=a1", "tag=" + Long + Long)).Should().Be(SipRejectionReason.HeaderValueTooLong);
    }

    [Theory]
    [InlineData("\r\n", "")]
    [InlineData("\r\n", "\n")]
    [InlineData("\r\n", "\r")]
    [KnownAttack("kamailio #2044, #2503, #3911, #4204")]
    public void LineEnds_MissingOrHalf_AreRefused(string from, string to) =>
        Sample.Datagram(Sample.Bytes((Sample.RegisterHead + "\r\n").Replace(from, to))).Status.Should().Be(SipParseStatus.Rejected);

    private static SipRejectionReason? Verdict(string text)
    {
        var result = Sample.Datagram(Sample.Bytes(text));
        return result.Status == SipParseStatus.Rejected ? result.Reason : SipRequestValidation.Check((SipRequest)result.Message!);
    }

    private static string Add(string headers) => Sample.RegisterHead + headers + "\r\n";

    private static string Change(string from, string to)
    {
        Sample.RegisterHead.Should().Contain(from);
        return Sample.RegisterHead.Replace(from, to) + "\r\n";
    }
}
