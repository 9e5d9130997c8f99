using SipGateway.Trust;

namespace SipGateway.Trust.Tests;

public sealed class CandidateTests
{
    private const string Mac = "001565aabbcc";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly KeyRing ring = KeyRing.Create();

    [Fact]
    public void Candidate_EverySealedForm_ReadsBackTheSameFacts()
    {
        var candidate = Candidate.Create(Mac, Now);

        Candidate.FromToken(ring, candidate.Token(ring)).Should().Be(candidate);
        Candidate.FromScreenToken(ring, candidate.ScreenToken(ring)).Should().Be(candidate);
        Candidate.FromSipUser(ring, candidate.SipUser(ring)).Should().Be(candidate);
    }

    [Fact]
    public void Candidate_SipUserInUpperCase_IsTheSameCandidate()
    {
        var candidate = Candidate.Create(Mac, Now);
        var shouted = "c" + candidate.SipUser(ring)[1..].ToUpperInvariant();

        Candidate.FromSipUser(ring, shouted).Should().Be(candidate);
    }

    [Fact]
    public void Candidate_OneFormUsedAsAnother_IsRefused()
    {
        var candidate = Candidate.Create(Mac, Now);

        Candidate.FromToken(ring, candidate.ScreenToken(ring)).Should().BeNull("a screen token must not open a configuration");
        Candidate.FromScreenToken(ring, candidate.Token(ring)).Should().BeNull();
        DeviceToken.Parse(ring, DeviceTokenKind.Config, candidate.Token(ring)).Should().BeNull();
    }

    [Fact]
    public void Candidate_AnyCharacterChanged_IsRefused()
    {
        var user = Candidate.Create(Mac, Now).SipUser(ring);
        for (var i = 0; i < user.Length; i++)
        {
            var changed = user[..i] + (user[i] == 'a' ? 'b' : 'a') + user[(i + 1)..];
            Candidate.FromSipUser(ring, changed).Should().BeNull("character {0} was changed", i);
        }
    }

    [Fact]
    public void Candidate_AnotherRing_IsRefused() =>
        Candidate.FromSipUser(KeyRing.Create(), Candidate.Create(Mac, Now).SipUser(ring)).Should().BeNull();

    [Fact]
    public void Candidate_TwoOfOneMac_HaveDifferentNamesAndSecrets()
    {
        var one = Candidate.Create(Mac, Now).SipUser(ring);
        var other = Candidate.Create(Mac, Now).SipUser(ring);

        one.Should().NotBe(other);
        Candidate.SipSecret(ring, one).Should().NotBe(Candidate.SipSecret(ring, other)).And.HaveLength(32);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(6.99, true)]
    [InlineData(7, false)]
    [InlineData(-0.002, true)]
    [InlineData(-1, false)]
    public void IsAlive_AfterDays_IsAsPromised(double days, bool alive) =>
        Candidate.Create(Mac, Now).IsAlive(Now + TimeSpan.FromDays(days)).Should().Be(alive);

    [Theory]
    [InlineData("")]
    [InlineData("c")]
    [InlineData("alice")]
    [InlineData("caaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("c!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public void FromSipUser_Invention_IsNull(string name)
    {
        Candidate.FromSipUser(ring, name).Should().BeNull();
        DeviceSipUser.Parse(ring, name).Should().BeNull();
        Candidate.FromToken(ring, name).Should().BeNull();
    }
}
