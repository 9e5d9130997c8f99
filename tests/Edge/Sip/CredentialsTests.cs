using System.Text;
using Microsoft.Extensions.Time.Testing;
using SipGateway.Sip;
using SipGateway.Sip.Authentication;
using SipGateway.Trust;

namespace SipGateway.Edge.Tests.Sip;

public sealed class CredentialsTests
{
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private readonly KeyRing ring = KeyRing.Create();
    private readonly EdgeSipOptions options = new() { Domain = "gateway.test" };

    [Fact]
    public void Check_CandidateInTime_IsItsCaller()
    {
        var candidate = Candidate.Create("001565000001", time.GetUtcNow());
        var verdict = Check(candidate);
        verdict.Mac.Should().Be("001565000001");
        verdict.Caller!.Candidate!.Id.Should().Be(candidate.Id);
        verdict.Caller.Digest.NonceCount.Should().Be(1);
        verdict.Caller.Digest.NonceIssuedAtMs.Should().Be(time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Check_NonceTooOld_IsStale() => Check(Candidate.Create("001565000001", time.GetUtcNow()), wait: options.Limits.NonceLifetime)
        .Should().Be(new CredentialsVerdict(string.Empty, null, true));

    [Fact]
    public void Check_CandidateTooOld_IsChallenged() => Check(Candidate.Create("001565000001", time.GetUtcNow() - Candidate.Lifetime))
        .Should().Be(new CredentialsVerdict(string.Empty, null, false));

    [Theory]
    [InlineData("sip:other.test")]
    [InlineData("sip:other@gateway.test")]
    [InlineData("nonsense")]
    public void Check_DigestOverAnotherUri_IsChallenged(string uri) => Check(Candidate.Create("001565000001", time.GetUtcNow()), uri: uri)
        .Caller.Should().BeNull();

    [Theory]
    [InlineData("sip:gateway.test;transport=udp")]
    [InlineData("sip:192.0.2.1:5060")]
    public void Check_DigestOverTheServerByAnotherName_IsRight(string uri) =>
        Check(Candidate.Create("001565000001", time.GetUtcNow()), uri: uri).Caller.Should().NotBeNull();

    [Theory]
    [InlineData("MD5-sess")]
    [InlineData("SHA-512-256")]
    public void Check_AlgorithmNeverOffered_IsChallenged(string algorithm) =>
        Check(Candidate.Create("001565000001", time.GetUtcNow()), algorithm: algorithm).Caller.Should().BeNull();

    private CredentialsVerdict Check(
        Candidate candidate, TimeSpan wait = default, string uri = "sip:gateway.test", string algorithm = "MD5")
    {
        var credentials = new Credentials(options, new OurNames(options), ring, time);
        var user = candidate.SipUser(ring);
        var authorization = credentials.NewChallenge(new StillFlow(), isStale: false)
            .Answer(user, Candidate.SipSecret(ring, user)!, "REGISTER", uri, "c").Replace("algorithm=MD5", "algorithm=" + algorithm);
        time.Advance(wait);
        var text = $"REGISTER sip:gateway.test SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nAuthorization: {authorization}\r\n\r\n";
        var request = (SipRequest)SipParser.ParseDatagram(Encoding.UTF8.GetBytes(text), SipLimits.Default).Message!;
        return credentials.Check(request, new StillFlow());
    }
}
