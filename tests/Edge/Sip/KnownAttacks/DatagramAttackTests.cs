using System.Text;
using SipGateway.Tests.KnownAttacks;

namespace SipGateway.Edge.Tests.Sip.KnownAttacks;

/// <summary>Messages that ended other servers, over the wire: each is refused or passed over, and the next one is served.</summary>
public sealed class DatagramAttackTests(EdgeFixture fixture)
{
    private const string Head =
        "REGISTER sip:gateway.test SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKattack;rport\r\nFrom: <sip:a@gateway.test>;tag=1\r\n"
        + "To: <sip:a@gateway.test>\r\nCall-ID: attack\r\nCSeq: 1 REGISTER\r\nContact: <sip:a@127.0.0.1>\r\nContent-Length: 0\r\n\r\n";

    private static readonly string Long = new('a', 6000);

    public static TheoryData<string, string, string, int[]> Rows => new()
    {
        { "overlong From tag", ";tag=1", ";tag=" + Long, [401] },
        { "overlong CSeq method", "CSeq: 1 REGISTER", "CSeq: 1 " + Long, [400] },
        { "overlong Call-ID", "Call-ID: attack", "Call-ID: " + Long, [401] },
        { "second To with an empty tag", "Call-ID", "To: <sip:b@gateway.test>;tag=\r\nCall-ID", [400] },
        { "second From with a long tag", "Call-ID", $"From: <sip:b@gateway.test>;tag={Long}\r\nCall-ID", [400] },
        { "no Via value", "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKattack;rport", "", [0, 400] },
        { "half a Via", "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKattack;rport", "SIP/2.0/UDP ;rport", [0, 400] },
        { "From is a slash", "<sip:a@gateway.test>;tag=1", "/", [400] },
        { "Contact is a percent sign", "<sip:a@127.0.0.1>", "%\r\nExpires: 0", [400] },
        { "Contact closes what it did not open", "<sip:a@127.0.0.1>", "sip:a@127.0.0.1>", [400] },
        { "a port of twelve digits", "<sip:a@127.0.0.1>", "<sip:a@127.0.0.1:506050605060>", [400] },
        { "broken Record-Route", "Content-Length", "Record-Route: <sip:@@[::>\r\nContent-Length", [400, 401] },
        { "header name of 340", "Content-Length", new string('N', 340) + ": 1\r\nContent-Length", [400] },
        { "Warning without bound", "Content-Length", "Warning: " + Long + "\r\nContent-Length", [401] },
        { "control byte before the colon", "Content-Length", "P-Asserted-Identity\u0001: <sip:b@gateway.test>\r\nContent-Length", [400] },
        { "bell in From", "<sip:a@gateway.test>;tag=1", "\"a\u0007\" <sip:a@gateway.test>;tag=1", [400] },
        { "Content-Length of 3000 digits", "Content-Length: 0", "Content-Length: " + new string('9', 3000), [400] },
        { "Content-Length of no digits", "Content-Length: 0", "Content-Length: x", [400] },
        { "Content-Length beyond 32 bits", "Content-Length: 0", "Content-Length: 4294967296", [400] },
        { "overlong digest", "Content-Length", $"Authorization: Digest username=\"{Long}\", realm=\"gateway.test\"\r\nContent-Length", [401] },
        { "half a digest", "Content-Length", "Authorization: Digest username=\"a\r\nContent-Length", [401] },
        { "digest of another realm", "Content-Length", "Authorization: Digest realm=\"x\", username=\"a\", nonce=\"\", uri=\"\", response=\"\"\r\nContent-Length", [401] },
        { "no line ends", "\r\n", "", [0] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    [KnownAttack("CVE-2017-9372 (AST-2017-002)")]
    [KnownAttack("CVE-2018-8828")]
    [KnownAttack("CVE-2018-14767")]
    [KnownAttack("CVE-2018-16657")]
    [KnownAttack("CVE-2020-27507")]
    [KnownAttack("CVE-2021-33056, 43610, 43611")]
    [KnownAttack("CVE-2022-47516 / drachtio issue 243")]
    [KnownAttack("CVE-2011-2665, CVE-2011-2666")]
    [KnownAttack("CVE-2024-42491")]
    [KnownAttack("CVE-2026-45538")]
    [KnownAttack("CVE-2024-3119, CVE-2024-3120")]
    [KnownAttack("CVE-2016-9938")]
    [KnownAttack("CVE-2025-47779 (GHSA-2grh-7mhv-fcfw)")]
    [KnownAttack("CVE-2025-57767 (GHSA-64qc-9x89-rx5j)")]
    [KnownAttack("CVE-2022-41550")]
    [KnownAttack("GHSA-j5j8-rhcm-7fp9")]
    [KnownAttack("kamailio #2044, #2503, #3911, #4204")]
    [KnownAttack("CVE-2022-45473/45474/45909/47515/47517")]
    [KnownAttack("CVE-2026-40892 (GHSA-2wcg-w3c4-48r7)")]
    public async Task Register_Attacking_IsAnsweredAsItDeserves(string what, string from, string to, int[] statuses)
    {
        Head.Should().Contain(from);

        // The probe behind it shows that the thread lives.
        statuses.Should().Contain(await UdpExchange.StatusAsync(fixture, Head.Replace(from, to)), what);
    }

    [Fact]
    [KnownAttack("CVE-2022-31001/2/3, CVE-2022-47516, CVE-2023-22741, CVE-2023-32307")]
    public async Task Register_CutAnywhere_IsNeverServed()
    {
        var whole = Encoding.UTF8.GetBytes(Head);
        for (var length = 0; length < whole.Length; length += 7)
        {
            (await UdpExchange.StatusAsync(fixture, whole.AsMemory(0, length))).Should().BeOneOf([0, 400], "after {0} octets", length);
        }
    }

    [Theory]
    [InlineData("000100002112A442000000000000000000000000")]
    [InlineData("0001FFFF2112A442000000000000000000000000")]
    [InlineData("000100082112A4420000000000000000000000000020FFFF")]
    [InlineData("800000000000000000000000")]
    [KnownAttack("CVE-2022-31001/2/3, CVE-2022-47516, CVE-2023-22741, CVE-2023-32307")]
    public async Task Stun_WithALyingLength_IsPassedOver(string hex) =>
        (await UdpExchange.StatusAsync(fixture, Convert.FromHexString(hex))).Should().Be(0);
}
