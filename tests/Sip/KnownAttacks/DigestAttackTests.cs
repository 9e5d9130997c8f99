using System.Text;
using SipGateway.Sip.Authentication;
using SipGateway.Tests.KnownAttacks;

namespace SipGateway.Sip.Tests.KnownAttacks;

/// <summary>Credentials and challenges that broke other parsers.</summary>
public sealed class DigestAttackTests
{
    private const string Good = "Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"sip:b\", response=\"0123\"";

    [Theory]
    [InlineData("username=\"a\"", "username=\"{0}\"")]
    [InlineData("realm=\"r\"", "realm=\"{0}\"")]
    [InlineData("nonce=\"n\"", "nonce=\"{0}\"")]
    [InlineData("response=\"0123\"", "response=\"{0}\"")]
    [InlineData("response=\"0123\"", "response=\"0123\", {0}=1")]
    [InlineData("response=\"0123\"", "response=\"0123\", cnonce={0}")]
    [KnownAttack("CVE-2022-24754, pjproject PR 4912")]
    [KnownAttack("CVE-2026-40892 (GHSA-2wcg-w3c4-48r7)")]
    public void Parameter_WithoutBound_IsNoCredentials(string from, string to)
    {
        DigestCredentials.Parse(Good).Should().NotBeNull();
        DigestCredentials.Parse(Good.Replace(from, string.Format(to, new string('a', 3000)))).Should().BeNull();
    }

    [Fact]
    [KnownAttack("CVE-2022-24754, pjproject PR 4912")]
    public void Parameters_TooMany_AreNoCredentials() =>
        DigestCredentials.Parse(Good + string.Concat(Enumerable.Range(0, 30).Select(i => $", p{i}=1"))).Should().BeNull();

    [Theory]
    [InlineData("Digest")]
    [InlineData("Digest ,,,")]
    [InlineData("Digest username")]
    [InlineData("Digest username=")]
    [InlineData("Digest username=\"")]
    [InlineData("Digest username=\"a\\")]
    [InlineData("Digest =\"a\"")]
    [InlineData("Digest username=\"a\"realm=\"r\"\"")]
    [InlineData(Good + ", username=\"b\"")]
    [InlineData(Good + ", qop=auth, cnonce=\"c\", nc=")]
    [InlineData(Good + ", qop=auth, cnonce=\"c\", nc=100000000")]
    [InlineData(Good + ", qop=auth, cnonce=\"c\", nc=-1")]
    [InlineData(Good + ", qop=auth, cnonce=\"c\", nc=0x1")]
    [KnownAttack("kamailio #2044, #2503, #3911, #4204")]
    [KnownAttack("CVE-2023-27595..27601, 28095..28099")]
    public void Credentials_Broken_AreNone(string text) => DigestCredentials.Parse(text).Should().BeNull();

    [Fact]
    [KnownAttack("CVE-2026-86219, CVE-2026-3099, CVE-2026-73636")]
    public void Nonce_WithAnyBitChanged_WasNeverIssued()
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(56);
        var key = Encoding.UTF8.GetBytes(new string('k', 32));
        var issuer = new NonceIssuer(1, id => id == 1 ? key : null, "edge-1", now, TimeSpan.FromMinutes(5));
        var nonce = issuer.Issue(now, 7);
        issuer.Check(nonce, now).IsUsable.Should().BeTrue();

        for (var i = 0; i < nonce.Length; i++)
        {
            foreach (var other in "Az0_=")
            {
                var forged = nonce[..i] + other + nonce[(i + 1)..];
                (forged == nonce || !issuer.Check(forged, now).IsUsable).Should().BeTrue("place {0}", i);
            }

            issuer.Check(nonce[..i], now).IsUsable.Should().BeFalse();
        }

        issuer.Check(nonce + "A", now).IsUsable.Should().BeFalse();
        issuer.Check(nonce, now.AddMinutes(6)).IsUsable.Should().BeFalse("nothing has to be remembered for it to end");
    }
}
