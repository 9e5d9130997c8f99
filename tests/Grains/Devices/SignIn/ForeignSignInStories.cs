using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests.Devices;

/// <summary>Somebody signs in on a phone that says it has the MAC of one in service: nothing happens, and the owner is told.</summary>
public sealed class ForeignSignInStories
{
    private static readonly TenantSnapshot Anybody =
        new() { Tenant = "default", Exists = true, Settings = new TenantSettings { PersonalSignIn = PersonalSignIn.Any } };

    private readonly Life life = new();

    [Fact]
    public void Start_OnAPhoneInService_IsRefusedAndTheOwnerIsToldOnce()
    {
        Enrol();
        var seat = life.State.Seat!;

        Start(2, out var events).Reason.Should().Be("IN_USE");
        Start(2, out var again).Reason.Should().Be("IN_USE");

        events.Should().Equal("acme signin.conflict", "acme onboarding.stranger");
        again.Should().BeEmpty("who asks again and again fills no timeline");
        life.State.Seat.Should().BeEquivalentTo(seat with { Alerts = [SignInRules.InService] });
        life.State.Attempt.Should().BeNull();
        ViewRules.View(life.State, Life.Mac, "acme", life.Now)!.Alerts.Should().Contain(SignInRules.InService);
    }

    [Fact]
    public void Start_ByTheCandidateThatWasJustPromoted_IsNoConflict()
    {
        Enrol();

        Start(1, out var events).Reason.Should().Be("IN_USE");

        events.Should().BeEmpty("its page is from before it dialled");
        life.State.Seat!.Alerts.Should().BeEmpty();
    }

    [Fact]
    public void Complete_AfterThePhoneWasEnrolledElsewhere_ChangesNothingAndTheOwnerIsTold()
    {
        Start(2, out _).Status.Should().Be(CommandStatus.Done);
        Enrol();
        var seat = life.State.Seat!;

        var events = Keep(c => { SignInRules.Complete(new SeatUser { UserId = "mallory" }, "default", c, life.Fresh(), isTrusted: false); return 0; }, out _);

        events.Should().Equal("acme signin.conflict", "default signin.failed");
        life.State.Seat.Should().BeEquivalentTo(seat with { Alerts = [SignInRules.InService] });
        life.State.Attempt!.Progress.Should().Be(SignInProgress.Failed);
    }

    [Fact]
    public void TakeDue_OfACandidate_TellsItsOwnModelAndAddressAndNotThoseOfThePhoneBefore()
    {
        life.State.Model = "T99 of somebody else";
        Start(2, out _).Status.Should().Be(CommandStatus.Done);

        var attempt = life.Keep(SignInRules.TakeDue)!;

        attempt.Model.Should().Be("T46S");
        attempt.Network.Should().Be("192.0.2.9", "a port tells nobody where the phone is");
    }

    private void Enrol()
    {
        life.Claim("acme");
        life.Dial(Life.Candidate(1), life.Code("acme")).Should().BeEmpty();
    }

    private CommandOutcome Start(int candidate, out List<string> events)
    {
        var phone = new PhoneIdentity { Vendor = "yealink", Model = "T46S" };
        var command = new StartSignInCommand { Candidate = Life.Candidate(candidate), Source = "192.0.2.9:4000", Phone = phone };
        events = Keep(c => SignInRules.Start(command, Anybody, isTrusted: false, "attempt", CompatibilityGate.Allow, c), out var outcome);
        return outcome;
    }

    private List<string> Keep<T>(Func<DeviceChange, T> decide, out T outcome)
    {
        List<string> events = [];
        outcome = life.Keep(change =>
        {
            var decided = decide(change);
            events = [.. change.Effects().Events.Select(e => $"{e.Tenant} {e.Kind}")];
            return decided;
        });
        return events;
    }
}
