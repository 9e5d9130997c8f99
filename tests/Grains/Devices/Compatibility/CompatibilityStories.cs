using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests.Devices;

/// <summary>The gate at the doors, by the tenant's choice.</summary>
public sealed class CompatibilityStories
{
    private static readonly PhoneIdentity Old = new() { Vendor = "yealink", Model = "T46S", Firmware = "66.81.0.15" };
    private static readonly PhoneIdentity Good = Old with { Firmware = "66.86.5.1" };
    private static readonly PhoneIdentity Unlisted = new() { Vendor = "grandstream", Model = "GXP2130", Firmware = "1.0.7.25" };
    private readonly Life life = new();

    public static TheoryData<PhoneIdentity?, string> Wanting => new()
    {
        { Old, "Needs firmware 83" }, { Unlisted, CompatibilityRules.UnlistedModel }, { null, CompatibilityRules.UnknownModel },
    };

    [Theory, MemberData(nameof(Wanting))]
    public void Dial_WantingPhone_Refused(PhoneIdentity? phone, string reason)
    {
        life.Claim("acme");
        var code = life.Code("acme");

        var answer = life.Dial(Life.Candidate(1), code, gate: CompatibilityGate.Refuse, phone: phone);

        answer.Should().Be(reason).And.MatchRegex("^[ -~]{1,32}$");
        life.State.Seat.Should().BeNull();
        life.Events.Should().ContainSingle(e => e.Kind == CompatibilityRules.EnrollmentKind).Which.Message.Should().StartWith("The phone was refused.");
        life.State.Claims[0].Code!.RedeemedAtUtc.Should().BeNull("the code waits for the upgraded phone");
        life.State.Claims[0].Code!.WrongCodes.Should().Be(0);
    }

    [Fact]
    public void Dial_OldFirmware_TheEventNamesWhatIsNeeded()
    {
        life.Claim("acme");
        life.Dial(Life.Candidate(1), life.Code("acme"), gate: CompatibilityGate.Refuse, phone: Old);

        life.Events[^1].Message.Should().Contain("T46S").And.Contain("66.81.0.15").And.Contain("83 or later").And.Contain("86.5.1 is approved");
    }

    [Fact]
    public void Dial_UpgradedMeanwhile_TheSameCodeIsTaken()
    {
        life.Claim("acme");
        var code = life.Code("acme");
        life.Dial(Life.Candidate(1), code, gate: CompatibilityGate.Refuse, phone: Old);

        // It booted, and fetched under its candidate's address: that is the fuller word.
        life.Keep(c => FetchRules.Decide(
            new FetchConfigCommand { Candidate = Life.Candidate(1), File = ConfigFile.Device, IsSecure = true, Source = Life.Home, Phone = Good },
            c,
            isTrusted: false,
            life.Fresh()));

        life.Dial(Life.Candidate(1), code, gate: CompatibilityGate.Refuse, phone: Old).Should().BeEmpty();
        life.State.Seat.Should().NotBeNull();
    }

    [Fact]
    public void Dial_WantingPhoneWhereTheTenantWarns_IsLetInWithAnEvent()
    {
        life.Claim("acme");

        life.Dial(Life.Candidate(1), life.Code("acme"), gate: CompatibilityGate.Warn, phone: Old).Should().BeEmpty();

        life.State.Seat.Should().NotBeNull();
        life.State.Model.Should().Be("T46S");
        life.Events.Should().ContainSingle(e => e.Kind == CompatibilityRules.EnrollmentKind).Which.Message.Should().Contain("warning");
    }

    [Theory]
    [InlineData(CompatibilityGate.Warn)]
    [InlineData(CompatibilityGate.Refuse)]
    public void Dial_GoodPhone_NothingIsSaid(CompatibilityGate gate)
    {
        life.Claim("acme");
        life.Dial(Life.Candidate(1), life.Code("acme"), gate: gate, phone: Good).Should().BeEmpty();
        life.Events.Should().NotContain(e => e.Kind == CompatibilityRules.EnrollmentKind);
    }

    [Fact]
    public void Dial_AnythingWhereTheTenantAllows_NothingIsSaid()
    {
        life.Claim("acme");
        life.Dial(Life.Candidate(1), life.Code("acme"), phone: Unlisted).Should().BeEmpty();
        life.Events.Should().NotContain(e => e.Kind == CompatibilityRules.EnrollmentKind);
    }

    [Fact]
    public void Dial_ByThePhoneInTheSeat_IsNeverAskedWhatItIs()
    {
        life.Claim("acme");
        life.Dial(Life.Candidate(1), life.Code("acme"), phone: Old);
        var seat = life.State.Seat!;
        var code = life.Code("acme");
        var command = Life.DialCommand(Life.Candidate(1), code) with { Caller = Life.Device(seat.Epoch, 5) };

        var answer = life.Keep(c => EnrollmentRules.Decide(
            command, EnrollmentRules.Match(life.State, code, Life.Mac, life.Ring, new HashSet<string>()) with { Gate = CompatibilityGate.Refuse }, [], c, life.Fresh()));

        answer.Should().BeEmpty();
        life.State.Seat.Should().Be(seat);
    }

    [Fact]
    public void Assign_WantingPhone_ByTheTenantsChoice()
    {
        life.Claim("acme");
        life.Dial(Life.Candidate(1), life.Code("acme"), phone: Old);
        life.State.Seat = life.State.Seat! with { Trust = TrustLevel.Token };
        var user = new SeatUser { UserId = "ann", DisplayName = "Ann" };
        CommandOutcome Assign(CompatibilityGate gate) => life.Keep(c => SignInRules.Assign(life.By("acme"), user, true, gate, c, life.Fresh()));

        var refused = Assign(CompatibilityGate.Refuse);
        refused.Status.Should().Be(CommandStatus.FailedPrecondition);
        refused.Reason.Should().Be(CompatibilityRules.NotCompatible).And.HaveLength(21);
        refused.Message.Should().Contain("83 or later");
        life.State.Seat.User.Should().BeNull();
        Assign(CompatibilityGate.Warn).Status.Should().Be(CommandStatus.Done);
        life.Events.Should().ContainSingle(e => e.Kind == CompatibilityRules.SignInKind);
        // Somebody is signed in: in service, and nothing is asked again.
        Assign(CompatibilityGate.Refuse).Status.Should().Be(CommandStatus.Done);
    }

    [Fact]
    public void Start_PersonalSignInOfAnUnlistedPhone_IsRefusedByWhatItsBrowserSays()
    {
        var personal = new TenantSnapshot { Tenant = "default", Exists = true, Settings = new TenantSettings { PersonalSignIn = PersonalSignIn.Any } };
        var command = new StartSignInCommand { Candidate = Life.Candidate(1), Source = Life.Home, Phone = Unlisted };
        CommandOutcome Start(CompatibilityGate gate) => life.Keep(c => SignInRules.Start(command, personal, false, "a1", gate, c));

        Start(CompatibilityGate.Refuse).Reason.Should().Be(CompatibilityRules.NotCompatible);
        life.State.Candidates.Should().BeEmpty("whoever is refused leaves nothing");
        Start(CompatibilityGate.Allow).Status.Should().Be(CommandStatus.Done);
        life.State.Candidates.Should().ContainSingle(c => c.Model == "GXP2130");
    }

    [Theory]
    [InlineData(CompatibilityGate.Allow, 0)]
    [InlineData(CompatibilityGate.Warn, 1)]
    [InlineData(CompatibilityGate.Refuse, 1)]
    public void Finding_OfAPhoneInService_ByTheTenantsChoice(CompatibilityGate gate, int findings)
    {
        life.Claim("acme");
        life.Dial(Life.Candidate(1), life.Code("acme"), phone: Old);
        var view = CompatibilityRules.Judged(ViewRules.View(life.State, Life.Mac, "acme", life.Now)!, CompatibilityTable.BuiltIn);

        view.Compatibility.Should().Be(DeviceCompatibility.BelowMinimum);
        var finding = CompatibilityRules.Finding(gate, view, CompatibilityTable.BuiltIn);
        (finding is null ? 0 : 1).Should().Be(findings);
        if (finding is not null) finding.Should().Match<Finding>(f => f.Status == "PROBLEM" && f.Message.Contains("83") && f.NextStep.Length > 0);
    }

    [Fact]
    public void View_OfATenantThatOnlyClaims_ShowsNothing()
    {
        life.Claim("acme");
        life.Claim("globex");
        life.Dial(Life.Candidate(1), life.Code("acme"), phone: Old);
        CompatibilityRules.Judged(ViewRules.View(life.State, Life.Mac, "globex", life.Now)!, CompatibilityTable.BuiltIn)
            .Compatibility.Should().Be(DeviceCompatibility.Unknown);
    }
}
