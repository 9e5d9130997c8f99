using SipGateway.Sip.Authentication;

namespace SipGateway.Sip.Tests.Authentication;

public sealed class DigestChallengeTests
{
    [Fact]
    public void Format_Challenge_ReadsAsRfc7616Wants() =>
        new DigestChallenge { Realm = "gw \"one\"", Nonce = "n1" }.Format()
            .Should().Be("Digest realm=\"gw \\\"one\\\"\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"");

    [Fact]
    public void Format_Stale_SaysSo() =>
        new DigestChallenge { Realm = "r", Nonce = "n", IsStale = true }.Format().Should().Contain(", stale=true,");

    [Theory]
    [InlineData(DigestAlgorithm.Md5, true)]
    [InlineData(DigestAlgorithm.Md5, false)]
    [InlineData(DigestAlgorithm.Sha256, true)]
    [InlineData(DigestAlgorithm.Sha256Session, true)]
    public void Answer_ToOurOwnChallenge_Verifies(DigestAlgorithm algorithm, bool offersQop)
    {
        var offered = new DigestChallenge { Realm = "r\"x", Nonce = "n", Algorithm = algorithm, OffersQop = offersQop, Opaque = "o" };
        var challenge = DigestChallenge.Parse(offered.Format())!;
        challenge.Should().Be(offered);
        var credentials = DigestCredentials.Parse(challenge.Answer("bob", "secret", "NOTIFY", "sip:bob@192.0.2.1", "c0ffee"))!;
        var ha1 = DigestResponse.Ha1(algorithm, "bob", "r\"x", "secret");
        DigestResponse.Verify(credentials, ha1, "NOTIFY", []).Should().BeTrue();
        DigestResponse.Verify(credentials, ha1, "INVITE", []).Should().BeFalse();
        DigestResponse.Verify(credentials, DigestResponse.Ha1(algorithm, "bob", "r\"x", "other"), "NOTIFY", []).Should().BeFalse();
    }

    [Theory]
    [InlineData("Digest realm=\"r\"")]
    [InlineData("Basic realm=\"r\"")]
    [InlineData("Digest realm=\"r\", nonce=\"n\", algorithm=SHA-512-256")]
    [InlineData("Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"")]
    [InlineData("Digest realm=\"r\", realm=\"s\", nonce=\"n\"")]
    public void Parse_ChallengeThatCannotBeAnswered_IsNull(string value) => DigestChallenge.Parse(value).Should().BeNull();
}
