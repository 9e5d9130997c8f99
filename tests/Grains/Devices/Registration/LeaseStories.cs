using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests.Devices;

/// <summary>Who may answer refreshes, and what a grain that did not see them makes of the next REGISTER.</summary>
public sealed class LeaseStories
{
    private const long FirstStart = 1_000;
    private const long SecondStart = 5_000;
    private readonly Life life = new();
    private bool isRevoked;

    private RegisterOutcome Register(long nonceMs, uint cseq, LeaseRequest? lease, string edge = "e1", string callId = "r1") => life.Keep(change =>
    {
        var command = Life.Register(Life.Device(1, nonceMs), cseq, callId) with { Lease = lease };
        command = command with { Flow = command.Flow with { EdgeId = edge } };
        LeaseRules.TakeOver(command, change);
        isRevoked = change.Effects().Revocations.Any();
        return RegistrationRules.Decide(command, change, isRestricted: false).Outcome;
    });

    private static LeaseRequest Lease(long start, LeaseUse? last = null) => new() { EdgeStartedAtMs = start, LastUse = last };

    private LeaseUse Use(long nonceMs, uint count = 1, uint cseq = 9) => new()
    {
        NonceIssuedAtMs = nonceMs, Nonce = $"n{nonceMs}", NonceCount = count, CSeq = cseq, AtUtc = life.Now,
    };

    [Fact]
    public void Asked_BindingIsHeldByThatProcess_AndNotAskedByNobody()
    {
        Register(6_000, 1, Lease(FirstStart));
        life.State.Bindings.Should().ContainSingle().Which.LeaseEdgeStartedAtMs.Should().Be(FirstStart);
        LeaseRules.IsOut(life.State).Should().BeTrue();
        Register(7_000, 2, lease: null);
        LeaseRules.IsOut(life.State).Should().BeFalse();
    }

    [Fact]
    public void SameProcess_TellsItsLastUse_WhichCannotBeUsedAgain()
    {
        Register(6_000, 1, Lease(FirstStart));
        Register(8_000, 4, Lease(FirstStart, Use(8_000))).Status.Should().Be(RegisterStatus.StaleNonce);
        Register(7_000, 5, Lease(FirstStart, Use(8_000))).Status.Should().Be(RegisterStatus.StaleNonce);
        Register(8_001, 10, Lease(FirstStart, Use(8_000))).Status.Should().Be(RegisterStatus.Accepted);
    }

    [Fact]
    public void SameProcess_ToldALowerUseThanIsKnown_KeepsWhatItKnows()
    {
        Register(6_000, 1, Lease(FirstStart));
        Register(9_000, 2, Lease(FirstStart));
        Register(9_000, 3, Lease(FirstStart, Use(8_000))).Status.Should().Be(RegisterStatus.StaleNonce);
    }

    [Fact]
    public void LaterProcessOfTheEdge_AcceptsOnlyNoncesMadeSinceItBegan()
    {
        Register(4_000, 1, Lease(FirstStart));
        Register(4_500, 2, Lease(SecondStart)).Status.Should().Be(RegisterStatus.StaleNonce);
        Register(5_001, 2, Lease(SecondStart)).Status.Should().Be(RegisterStatus.Accepted);
        isRevoked.Should().BeFalse("its leases ended with the process");
    }

    [Fact]
    public void OtherEdge_TakesTheLeaseAway_AndAllNoncesUntilNowCountAsUsed()
    {
        Register(4_000, 1, Lease(FirstStart));
        var now = life.Now.ToUnixTimeMilliseconds();
        Register(now, 2, Lease(SecondStart), edge: "e2").Status.Should().Be(RegisterStatus.StaleNonce);
        isRevoked.Should().BeTrue();
        Register(now + 1, 3, Lease(SecondStart), edge: "e2").Status.Should().Be(RegisterStatus.Accepted);
        isRevoked.Should().BeFalse("once is enough");
    }

    [Fact]
    public void OtherEdge_GetsNoLeaseForAWhile_SoThatABalancerDoesNotTossItAbout()
    {
        Register(4_000, 1, Lease(FirstStart));
        Register(4_001, 2, Lease(SecondStart), edge: "e2");
        life.Now += TimeSpan.FromMinutes(1);
        Register(life.Now.ToUnixTimeMilliseconds(), 3, Lease(SecondStart), edge: "e2").Status.Should().Be(RegisterStatus.Accepted);
        LeaseRules.IsOut(life.State).Should().BeFalse();
        life.Now += life.Options.LeasePause;
        Register(life.Now.ToUnixTimeMilliseconds(), 4, Lease(SecondStart), edge: "e2").Status.Should().Be(RegisterStatus.Accepted);
        LeaseRules.IsOut(life.State).Should().BeTrue();
    }

    [Fact]
    public void RetiredCredential_AndCandidate_AreNeverLeased()
    {
        life.Keep(change => RegistrationRules.Decide(
            Life.Register(Life.Device(1, 4_000), 1) with { Lease = Lease(FirstStart) }, change, isRestricted: true));
        LeaseRules.IsOut(life.State).Should().BeFalse();
        var candidate = new SipCaller { SipUser = "c", Candidate = Life.Candidate(1), Digest = Life.Digest(4_000) };
        life.Keep(change => RegistrationRules.Decide(Life.Register(candidate, 1) with { Lease = Lease(FirstStart) }, change, isRestricted: false));
        LeaseRules.IsOut(life.State).Should().BeFalse();
    }

    [Fact]
    public void Grant_IsForTheDevicesOwnSeat_AndOneContact()
    {
        var command = Life.Register(Life.Device(1, 4_000), 1) with { Lease = Lease(FirstStart) };
        life.Keep(change => RegistrationRules.Decide(command, change, isRestricted: false));
        var context = new DeviceContext(Life.Mac, life.Now, life.Options);
        LeaseRules.Grant(command, life.State, "secret", 3, context).Should().BeNull("no tenant has the phone");
        life.State.Seat = new DeviceSeat
        {
            Tenant = "acme", SinceUtc = life.Now, Epoch = 1, LockedSipSecret = "", ConfigTokenRandom = "", ScreenTokenRandom = "", Trust = TrustLevel.Token,
        };
        var grant = LeaseRules.Grant(command, life.State, "secret", 3, context)!;
        (grant.Tenant, grant.TenantVersion, grant.ExpiresSeconds).Should().Be(("acme", 3, 300u));
        grant.ToString().Should().NotContain(grant.Ha1);
        LeaseRules.Grant(command with { Contacts = [] }, life.State, "secret", 3, context).Should().BeNull("a question is no binding");
    }
}
