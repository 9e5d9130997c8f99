namespace SipGateway.Sip.Tests.Parsing;

/// <summary>Messages that broke other parsers: each has its verdict here, and no exception.</summary>
public sealed class KnownAttackTests
{
    private static readonly string Long = new('a', 4000);

    public static TheoryData<string, string, string> Rows => new()
    {
        { "CVE-2017-9372", Change("CSeq: 1 REGISTER", "CSeq: 1 " + Long).Replace(";branch=z9hG4bK1", ""), "CSeqMethodMismatch" },
        { "CVE-2018-7284", Add(string.Concat(Enumerable.Repeat("Accept: a/b\r\n", 50))), "ok" },
        { "CVE-2018-8828", Change("tag=a1", "tag=" + Long), "ok" },
        { "CVE-2018-14767", Add("To: <sip:a@b>;tag=\r\n"), "HeaderDuplicate" },
        { "CVE-2018-16657", Change("Via: SIP/2.0/TCP 10.0.0.5:5060;branch=z9hG4bK1;rport", "Via: SIP/2.0/UDP"), "ViaInvalid" },
        { "CVE-2020-27507", Add("From: <sip:a@b>;tag=" + Long + "\r\n"), "HeaderDuplicate" },
        { "CVE-2021-33056", Change("From: <sip:alice@gw.example.com>;tag=a1", "From: /"), "FromInvalid" },
        { "CVE-2021-43610", Change("From: <sip:alice@gw.example.com>;tag=a1", "From: \"<sip:alice@gw.example.com>;tag=a1"), "FromInvalid" },
        { "CVE-2022-47516", Change("<sip:alice@10.0.0.5:5060;transport=tcp>;expires=3600", "%\r\nExpires: 0"), "ContactInvalid" },
        { "CVE-2011-2665", Change("Contact: <sip:", "Contact: sip:"), "ContactInvalid" },
        { "CVE-2024-42491", Change("Contact: <sip:alice@10.0.0.5:5060", "Contact: <sip:@@[::"), "ContactInvalid" },
        { "CVE-2026-106803", Change("10.0.0.5:5060;transport", "10.0.0.5:506050605060;transport"), "ContactInvalid" },
        { "CVE-2026-45538", Add(new string('N', 340) + ": 1\r\n"), "HeaderNameInvalid" },
        { "CVE-2016-9938", Add("P-Asserted-Identity\u0001: <sip:boss@gw>\r\n"), "ControlCharacter" },
        { "CVE-2025-47779", Add("Subject: a\u0007b\r\n"), "ControlCharacter" },
        { "CVE-2022-41550", Add("Content-Length: 2147483648\r\n"), "ContentLengthBeyondDatagram" },
        { "CVE-2024-3119", Add("Content-Length: " + new string('9', 3000) + "\r\n"), "ContentLengthBeyondDatagram" },
        { "CVE-2024-3120", Change("Call-ID: 1_2", "Call-ID: " + Long), "ok" },
        { "kamailio #2044", Sample.RegisterHead.Replace("\r\n", ""), "RequestLineMalformed" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Message_ThatBrokeAnotherParser_HasItsVerdict(string id, string text, string verdict)
    {
        var result = Sample.Datagram(Sample.Bytes(text));

        var reason = result.Status == SipParseStatus.Rejected ? result.Reason : SipRequestValidation.Check((SipRequest)result.Message!);
        (reason?.ToString() ?? "ok").Should().Be(verdict, id);
    }

    [Fact]
    public void Length_ThatWrapsAt32Bits_DoesNotUncoverAHiddenRequest()
    {
        // CVE-2026-23457, CVE-2026-45103: 2^32 + 32 read as 32 would end the body just before the hidden OPTIONS.
        var hidden = "OPTIONS sip:hidden SIP/2.0\r\nContent-Length: 0\r\n\r\n";
        var bytes = Sample.RegisterWith("Content-Length: 4294967328\r\n", new string('x', 32) + hidden);

        var result = Sample.Stream(bytes);

        (result.Status, result.MustClose, result.ConsumedBytes).Should().Be((SipParseStatus.Rejected, true, bytes.Length));
    }

    [Fact]
    public void Length_AnnouncedButNotSent_AllocatesNothingOfThatSize()
    {
        // CVE-2026-58268: the body's memory came before the check of its size.
        var bytes = Sample.RegisterWith("Content-Length: 60000\r\n");
        Sample.Stream(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Sample.Stream(bytes).Status.Should().Be(SipParseStatus.NeedMore);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(30_000);
    }

    private static string Add(string headers) => Sample.RegisterHead + headers + "\r\n";

    private static string Change(string from, string to)
    {
        Sample.RegisterHead.Should().Contain(from);
        return Sample.RegisterHead.Replace(from, to) + "\r\n";
    }
}
