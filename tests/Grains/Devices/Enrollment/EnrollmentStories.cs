using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests.Devices;

public sealed class EnrollmentStories
{
    private readonly Life life = new();

    [Fact]
    public void Claim_TwiceByOneTenant_AlreadyExists()
    {
        life.Claim("acme").Status.Should().Be(CommandStatus.Done);
        life.Claim("acme").Status.Should().Be(CommandStatus.AlreadyExists);
    }

    [Fact]
    public void Claim_NinthTenant_ResourceExhausted()
    {
        for (var i = 0; i < 8; i++) life.Claim($"t{i}").Status.Should().Be(CommandStatus.Done);
        life.Claim("t8").Status.Should().Be(CommandStatus.ResourceExhausted);
    }

    [Fact]
    public void GenerateCode_NoClaim_FailedPrecondition() => life.Keep(c => ClaimRules.GenerateCode(life.By("acme"), c, new TenantSettings(), life.Ring))
        .Outcome.Status.Should().Be(CommandStatus.FailedPrecondition);

    [Fact]
    public void Dial_RightCode_PromotesExactlyTheDialler()
    {
        life.Claim("acme");
        var code = life.Code("acme");
        life.Dial(Life.Candidate(1), code).Should().BeEmpty();
        life.State.Seat!.Tenant.Should().Be("acme");
        life.State.Seat.Handout!.CandidateId.Should().Be(Life.Candidate(1).Id);
        life.State.Intents.Should().ContainSingle(i => i.Kind == NotifyKind.Resync);
    }

    [Fact]
    public void Dial_RedeemedCode_OnlyByItsRedeemer()
    {
        life.Claim("acme");
        var code = life.Code("acme");
        life.Dial(Life.Candidate(1), code);
        var seat = life.State.Seat;
        life.Dial(Life.Candidate(2), code).Should().Be(EnrollmentRules.CodeUsed);
        life.Dial(Life.Candidate(1), code).Should().BeEmpty();
        life.State.Seat.Should().BeEquivalentTo(seat);
    }

    [Fact]
    public void Dial_OtherTenantsCode_RefusedAndOwnerIsTold()
    {
        life.Claim("acme");
        life.Claim("globex");
        life.Dial(Life.Candidate(1), life.Code("acme"));
        life.Dial(Life.Candidate(2), life.Code("globex")).Should().Be(EnrollmentRules.InUse);
        life.State.Seat!.Tenant.Should().Be("acme");
        life.State.Seat.Alerts.Should().ContainSingle();
    }

    [Fact]
    public void Dial_NewCodeOfTheSameTenant_MovesTheSeatAndRetires()
    {
        life.Claim("acme");
        life.Dial(Life.Candidate(1), life.Code("acme"));
        var before = life.State.Seat!;
        life.Dial(Life.Candidate(2), life.Code("acme")).Should().BeEmpty();
        life.State.Seat!.Epoch.Should().BeGreaterThan(before.Epoch);
        life.State.Seat.ConfigTokenRandom.Should().NotBe(before.ConfigTokenRandom);
        life.State.Retired.Should().ContainSingle(r => r.Epoch == before.Epoch);
    }

    [Fact]
    public void Dial_ExpiredCode_IsRefused()
    {
        life.Claim("acme");
        var code = life.Code("acme");
        life.Now += TimeSpan.FromHours(25);
        life.Dial(Life.Candidate(1), code).Should().Be(EnrollmentRules.CodeExpired);
        life.State.Seat.Should().BeNull();
    }

    [Fact]
    public void Dial_FiveWrongCodes_EndTheCandidate()
    {
        life.Claim("acme");
        var code = life.Code("acme");
        for (var i = 0; i < 5; i++) life.Dial(Life.Candidate(1), "x").Should().Be(EnrollmentRules.WrongCode);
        life.Dial(Life.Candidate(1), code).Should().Be(EnrollmentRules.TooManyWrong);
        life.Dial(Life.Candidate(2), code).Should().BeEmpty();
    }

    [Fact]
    public void Dial_TwentyWrongCodes_LockTheCode()
    {
        life.Claim("acme");
        var code = life.Code("acme");
        for (var i = 0; i < 20; i++) life.Dial(Life.Candidate(i / 4), "x");
        life.Dial(Life.Candidate(9), code).Should().Be(EnrollmentRules.CodeLocked);
    }

    [Fact]
    public void Decide_Change_LeavesTheStateItBeganFrom()
    {
        life.Claim("acme");
        var before = life.State;
        ClaimRules.Claim(new ClaimCommand { Context = life.By("globex") }, life.Begin());
        before.Claims.Should().ContainSingle();
        before.Answered.Should().ContainSingle();
    }
}
