using System.Text;
using SipGateway.Sip.Tests.Parsing;
using SipGateway.Tests.KnownAttacks;

namespace SipGateway.Sip.Tests.KnownAttacks;

/// <summary>Lengths that lie, bodies that do not end, messages that stop short.</summary>
public sealed class LengthAttackTests
{
    private const string Hidden = "OPTIONS sip:hidden SIP/2.0\r\nContent-Length: 0\r\n\r\n";

    [Theory]
    [InlineData("4294967328")]
    [InlineData("2147483648")]
    [InlineData("18446744073709551648")]
    [InlineData("99999999999999999999999999999999999999999999999999")]
    [InlineData("-1")]
    [InlineData("-4294967264")]
    [KnownAttack("CVE-2026-23457")]
    [KnownAttack("CVE-2022-41550")]
    [KnownAttack("CVE-2026-45103 (GHSA-jv35-555v-54jh)")]
    [KnownAttack("CVE-2023-27595..27601, 28095..28099")]
    [KnownAttack("GHSA-j5j8-rhcm-7fp9")]
    public void Length_BeyondAnInteger_UncoversNothing(string length)
    {
        var bytes = Sample.RegisterWith($"Content-Length: {length}\r\n", new string('x', 32) + Hidden);

        var stream = Sample.Stream(bytes);
        var datagram = Sample.Datagram(bytes);

        (stream.Status, stream.MustClose, stream.ConsumedBytes).Should().Be((SipParseStatus.Rejected, true, bytes.Length));
        (datagram.Status, datagram.ConsumedBytes).Should().Be((SipParseStatus.Rejected, bytes.Length));
    }

    [Theory]
    [InlineData("REGISTER  sip:gw SIP/2.0")]
    [InlineData("REGISTER sip:gw  SIP/2.0")]
    [InlineData("SIP/2.0 2000 OK")]
    [KnownAttack("kamailio commit 2c47fe1625 (2026-03-01)")]
    [KnownAttack("CVE-2016-9938")]
    public void FirstLine_HarmlesslyWrong_DoesNotExcuseWhatMakesTheFramingAGuess(string line)
    {
        foreach (var doubt in new[] { "X: a\nContent-Length: 32\r\n", "X\u0001: a\r\n", "No colon\r\n", string.Concat(Enumerable.Repeat("X: a\r\n", 128)) })
        {
            var result = Sample.Stream(Sample.Bytes($"{line}\r\nContent-Length: 0\r\n{doubt}\r\n{Hidden}"));

            (result.Status, result.MustClose).Should().Be((SipParseStatus.Rejected, true), "{0} after {1}", doubt, line);
        }
    }

    [Fact]
    [KnownAttack("CVE-2026-58268 (GHSA-pg59-5vwg-4jxq)")]
    public void Body_AnnouncedButNotSent_CostsNoMemory()
    {
        var bytes = Sample.RegisterWith("Content-Length: 60000\r\n");
        Sample.Stream(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 10; i++)
        {
            Sample.Stream(bytes).Status.Should().Be(SipParseStatus.NeedMore);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(200_000);
    }

    [Theory]
    [InlineData("--b\nContent-Type: text/plain\n\nx\n--b\n")]
    [InlineData("--b\r\nContent-Type: text/plain\r\n\r\nx")]
    [InlineData("--b--b--")]
    [InlineData("--")]
    [InlineData("")]
    [KnownAttack("CVE-2017-9359 (AST-2017-003)")]
    [KnownAttack("CVE-2022-21723, CVE-2026-33069")]
    [KnownAttack("OSV-2024-1210, -1230, -1244")]
    public void Multipart_WithABrokenOrMissingBoundary_IsOctetsAndNothingElse(string body)
    {
        var type = "Content-Type: multipart/mixed;boundary=b\r\n";
        var length = Encoding.UTF8.GetByteCount(body);

        var result = Sample.Stream(Sample.RegisterWith($"{type}Content-Length: {length}\r\n", body + Hidden));

        Encoding.UTF8.GetString(result.Message!.Body.Span).Should().Be(body);
        result.Message.ContentType.Should().NotBeNull();
    }

    [Fact]
    [KnownAttack("CVE-2022-31001/2/3, CVE-2022-47516, CVE-2023-22741, CVE-2023-32307")]
    public void Message_CutAnywhere_IsNeverReadBeyondItsEnd()
    {
        var whole = Sample.RegisterWith("Content-Type: application/sdp\r\nContent-Length: 10\r\n", "v=0\r\no=- 1");
        for (var length = 0; length < whole.Length; length++)
        {
            Sample.Stream(whole[..length]).Status.Should().Be(SipParseStatus.NeedMore);
            Sample.Datagram(whole[..length]).Status.Should().BeOneOf(SipParseStatus.Rejected, SipParseStatus.KeepAlive);
        }
    }

    [Theory]
    [InlineData("sip:a%@b")]
    [InlineData("sip:a%4@b")]
    [InlineData("sip:%")]
    [InlineData("sip:a@b?x=%f")]
    [InlineData("sip:a@b;x=%")]
    [KnownAttack("CVE-2022-31001/2/3, CVE-2022-47516, CVE-2023-22741, CVE-2023-32307")]
    public void Uri_WithAnEscapeThatStopsShort_IsNone(string uri) => SipUri.TryParse(uri, out _).Should().BeFalse();
}
