using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests.Devices;

/// <summary>How a phone comes to need a person, and how that ends.</summary>
public sealed class AttentionStories
{
    private static readonly TimeSpan Instant = TimeSpan.FromTicks(1);
    private readonly Life life = new();

    [Fact]
    public void Phone_ThatDoesWhatItShould_NeedsNobody()
    {
        Enrol();
        Deliver("h1");
        Register();
        life.Now += TimeSpan.FromDays(3);

        Attention().Should().BeEmpty();
        Words("acme").Should().BeEmpty();
    }

    [Theory]
    [InlineData("FAILED")]
    [InlineData("UNPROVEN")]
    public void Operation_NotCarriedOut_IsToldUntilThePhoneComesForItsFiles(string status)
    {
        Serve();
        EndRestart(status);
        Attention().Should().Equal(AttentionReason.OperationFailed);
        Words("acme").Should().Be("OPERATION_FAILED");
        Finding("Restart").Status.Should().Be("PROBLEM");

        life.Fetch(null, life.State.Seat!.ConfigTokenRandom, file: ConfigFile.Boot);

        Attention().Should().BeEmpty("it booted by itself");
    }

    [Fact]
    public void Operation_NotCarriedOut_IsOverWhenALaterOneIs()
    {
        Serve();
        EndRestart("FAILED");

        life.Keep(c => DeviceOperationRules.Decide(life.By("acme"), DeviceOperationKind.Resync, c)).Status.Should().Be(CommandStatus.Done);
        Attention().Should().Equal([AttentionReason.OperationFailed], "asked for is not done");
        Deliver("h2");

        Attention().Should().BeEmpty();
    }

    [Theory]
    [InlineData("SUCCEEDED")]
    [InlineData("CANCELLED")]
    public void Operation_ThatEndedWell_NeedsNobody(string status)
    {
        Serve();
        EndRestart(status);
        Attention().Should().BeEmpty();
    }

    [Fact]
    public void Config_NotFetchedWithinTheHour_IsToldUntilItIs()
    {
        Serve();
        Want("h2");
        life.Now += AttentionRules.ConfigLimit - Instant;
        Attention().Should().BeEmpty();
        Want("h3");
        AttentionRules.NextDue(life.State, life.Now).Should().Be(life.Now + Instant, "the hour runs from the first change that was not fetched");
        Finding("Policy").Status.Should().Be("WAITING");

        life.Now += Instant;
        Attention().Should().Equal(AttentionReason.ConfigNotFetched);
        AttentionRules.NextDue(life.State, life.Now).Should().BeNull("it is told already");
        Finding("Policy").Status.Should().Be("PROBLEM");

        Deliver("h3");
        Attention().Should().BeEmpty();
    }

    [Fact]
    public void Config_ChangedBack_IsOwedNoMore()
    {
        Serve();
        Want("h2");
        Want("h1");
        life.Now += TimeSpan.FromHours(2);
        Attention().Should().BeEmpty();
    }

    [Fact]
    public void Enrolled_AndNeverBackForItsConfiguration_IsTold()
    {
        Enrol();
        life.Now += AttentionRules.ConfigLimit;
        Attention().Should().Equal(AttentionReason.ConfigNotFetched);
    }

    [Fact]
    public void SignedOut_AndTheOldAccountKept_IsTold()
    {
        Serve();
        life.Keep(c =>
        {
            SeatRules.RenewCredential(c, life.Fresh(), new SeatUser { UserId = "ann" });
            return 0;
        });
        life.Now += AttentionRules.ConfigLimit;
        Attention().Should().Equal(AttentionReason.ConfigNotFetched);
    }

    [Fact]
    public void Account_FetchedAndNotRegisteredWith_IsToldUntilItIs()
    {
        Enrol();
        Deliver("h1");
        AttentionRules.NextDue(life.State, life.Now).Should().Be(life.Now + AttentionRules.RegistrationLimit);
        life.Now += AttentionRules.RegistrationLimit;
        Attention().Should().Equal(AttentionReason.NotRegistering);

        var before = life.State;
        Register();

        Attention().Should().BeEmpty();
        AttentionRules.RegistersAtLast(before, life.State, life.Now).Should().BeTrue("the row has to be written anew");
        AttentionRules.RegistersAtLast(life.State, life.State, life.Now).Should().BeFalse("and not with every registration");
    }

    [Fact]
    public void Due_BringsWhatComesWithTime()
    {
        Enrol();
        Deliver("h1");
        LifeRules.NextDue(life.State, new TenantSettings(), life.Now).Should().BeOnOrBefore(life.Now + AttentionRules.RegistrationLimit);
        life.Now += AttentionRules.RegistrationLimit;

        var change = life.Begin();
        LifeRules.RunDue(change, new TenantSettings(), life.Fresh());

        change.IsStateChanged.Should().BeTrue();
        ViewRules.Rows(change.Next, change.Context).Should().ContainSingle().Which.Attention.Should().Be("NOT_REGISTERING");
        LifeRules.NextDue(change.Next, new TenantSettings(), life.Now).Should().BeAfter(life.Now);
    }

    [Fact]
    public void Firmware_BelowTheMinimum_IsToldUntilTheUpgrade()
    {
        Serve();
        life.State.Firmware = "66.81.0.15";
        Attention().Should().Equal(AttentionReason.FirmwareBelowMinimum);
        life.State.Firmware = "66.86.5.1";
        Attention().Should().BeEmpty();
        life.State.Firmware = "";
        Attention().Should().BeEmpty("it may have any");
    }

    [Fact]
    public void SignIn_Failed_IsToldUntilTheNextOne()
    {
        Serve();
        life.State.Attempt = Attempt(SignInProgress.Failed);
        Attention().Should().Equal(AttentionReason.SignInFailed);
        life.State.Attempt = Attempt(SignInProgress.Pending);
        Attention().Should().BeEmpty();
        life.State.Attempt = Attempt(SignInProgress.Failed) with { CandidateId = "aa" };
        Attention().Should().BeEmpty("a stranger's sign-in is none of the phone in service");
    }

    [Fact]
    public void Code_Locked_IsToldToItsTenantUntilANewOne()
    {
        life.Claim("acme");
        life.Claim("globex");
        var code = life.Code("acme");
        for (var i = 0; i < life.Options.MaxWrongCodesPerCode; i++) life.Dial(Life.Candidate(i), code == "000000" ? "000001" : "000000");

        Words("acme").Should().Be("CODE_LOCKED");
        Words("globex").Should().BeEmpty();
        life.Code("acme");
        Words("acme").Should().BeEmpty();
    }

    [Fact]
    public void Conflict_OfTheOwner_IsNoBusinessOfTheOther()
    {
        life.Claim("globex");
        Serve();
        life.Dial(Life.Candidate(2), life.Code("globex"));

        Words("acme").Should().Be("CONFLICT");
        Words("globex").Should().BeEmpty();
    }

    [Fact]
    public void Phone_LetGoOrDeleted_NeedsNobody()
    {
        Serve();
        EndRestart("FAILED");
        life.State.Seat = life.State.Seat! with { IsOffboarded = true };
        Attention().Should().BeEmpty();
        AttentionRules.NextDue(life.State, life.Now).Should().BeNull();

        life.Keep(c => LifeRules.Delete(life.By("acme"), c));
        (life.State.Failed, life.State.ConfigOwedSinceUtc).Should().Be((null, null));
    }

    private void Enrol()
    {
        life.Claim("acme");
        life.Dial(Life.Candidate(1), life.Code("acme")).Should().BeEmpty();
        (life.State.Vendor, life.State.Model, life.State.Firmware) = ("yealink", "T46S", "66.86.5.1");
    }

    private void Serve()
    {
        Enrol();
        Deliver("h1");
        Register();
        life.State.Intents = [];
    }

    private void Deliver(string hash) => life.Keep(c =>
    {
        FetchRules.NoteDelivery(c, hash);
        return 0;
    });

    private void Want(string hash) => life.Keep(c =>
    {
        PolicyRules.NoteWanted(c, hash);
        return 0;
    });

    private void Register() => life.Keep(c => RegistrationRules.Decide(
        Life.Register(Life.Device(life.State.Seat!.Epoch, life.Now.ToUnixTimeMilliseconds()), 1), c, isRestricted: false));

    private void EndRestart(string status) => life.Keep(c =>
    {
        DeviceOperationRules.Begin(c, life.By("acme"), DeviceOperationKind.Restart);
        DeviceOperationRules.End(c, c.Next.Operations[0], status, "It ended.");
        return 0;
    });

    private static StoredAttempt Attempt(SignInProgress progress) =>
        new() { Id = "s1", Tenant = "acme", Progress = progress, StartedAtUtc = Life.Start, DeadlineUtc = Life.Start };

    private IEnumerable<AttentionReason> Attention() => AttentionRules.Of(life.State, "acme", life.Now, life.Options);

    private string Words(string tenant) => ViewRules.Rows(life.State, life.Begin().Context).Single(row => row.Tenant == tenant).Attention;

    private Finding Finding(string stage) => ExplainRules.Explain(life.State, Life.Mac, "acme", life.Now).Single(f => f.Stage == stage);
}
