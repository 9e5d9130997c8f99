using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests.Devices;

/// <summary>Where a phone that showed its factory certificate counts as trusted.</summary>
public sealed class CertificateExemptionStories
{
    private readonly Life life = new();

    [Fact]
    public void WrongCodes_OfAPhoneWithItsCertificate_CountForNoTenantsAllowance()
    {
        life.Claim("acme");
        life.Claim("globex");
        var code = life.Code("acme");
        var match = EnrollmentRules.Match(life.State, code, Life.Mac, life.Ring, new HashSet<string>());
        var caller = Life.DialCommand(Life.Candidate(1), code).Caller;
        EnrollmentRules.TriedBy(match, caller, life.State).Should().Equal("acme");
        life.Fetch(Life.Candidate(1), hasCertificate: true);
        EnrollmentRules.TriedBy(match, caller, life.State).Should().BeEmpty();
        EnrollmentRules.TriedBy(match, Life.DialCommand(Life.Candidate(2), code).Caller, life.State).Should().Equal("acme");
        life.Dial(Life.Candidate(1), code).Should().BeEmpty();
        EnrollmentRules.TriedBy(match with { Claim = null }, Life.Device(life.State.Seat!.Epoch, 1), life.State).Should().BeEmpty();
    }

    [Theory]
    [InlineData(PersonalSignIn.Trusted, true)]
    [InlineData(PersonalSignIn.Off, false)]
    public void PersonalSignIn_Trusted_CountsACertificate(PersonalSignIn policy, bool isAllowed)
    {
        life.Fetch(Life.Candidate(1), hasCertificate: true);
        var personal = new TenantSnapshot { Tenant = "default", Exists = true, Settings = new TenantSettings { PersonalSignIn = policy } };
        Start(1).Status.Should().Be(isAllowed ? CommandStatus.Done : CommandStatus.FailedPrecondition);
        Start(2).Reason.Should().Be("CODE_NEEDED", "another phone showed it");
        if (!isAllowed) return;
        life.Keep(c => { SignInRules.Complete(new SeatUser { UserId = "ann" }, "default", c, life.Fresh(), isTrusted: false); return 0; });
        (life.State.Seat!.Trust, life.State.Seat.User!.UserId).Should().Be((TrustLevel.Certificate, "ann"));

        CommandOutcome Start(int n) => life.Keep(c => SignInRules.Start(
            new StartSignInCommand { Candidate = Life.Candidate(n), Source = Life.Home }, personal, isTrusted: false, "attempt", CompatibilityGate.Allow, c));
    }
}
