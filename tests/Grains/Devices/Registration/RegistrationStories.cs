using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests.Devices;

public sealed class RegistrationStories
{
    private readonly Life life = new();

    private RegisterDecision Register(RegisterCommand command) => life.Keep(c => RegistrationRules.Decide(command, c, isRestricted: false));

    [Fact]
    public void Register_New_IsDurable_AndUnchangedRefreshIsNot()
    {
        Register(Life.Register(Life.Device(1, 1000), 1)).IsDurable.Should().BeTrue();
        life.Now += TimeSpan.FromSeconds(100);
        var refresh = Register(Life.Register(Life.Device(1, 2000), 2));
        refresh.IsDurable.Should().BeFalse();
        refresh.Refreshed.Should().ContainSingle();
        refresh.Outcome.Bindings.Should().ContainSingle(b => b.ExpiresSeconds == 300);
    }

    [Fact]
    public void Register_OtherFlow_IsDurable()
    {
        Register(Life.Register(Life.Device(1, 1000), 1));
        Register(Life.Register(Life.Device(1, 2000), 2, flow: "f2")).IsDurable.Should().BeTrue();
    }

    [Fact]
    public void Register_Repeated_SameAnswer()
    {
        var first = Register(Life.Register(Life.Device(1, 1000), 1));
        Register(Life.Register(Life.Device(1, 1000), 1)).Outcome.Should().BeEquivalentTo(first.Outcome);
    }

    [Fact]
    public void Register_UsedNonce_IsStale()
    {
        Register(Life.Register(Life.Device(1, 1000), 1));
        Register(Life.Register(Life.Device(1, 1000), 2)).Outcome.Status.Should().Be(RegisterStatus.StaleNonce);
        Register(Life.Register(Life.Device(1, 999), 3)).Outcome.Status.Should().Be(RegisterStatus.StaleNonce);
    }

    [Fact]
    public void Register_LowerCSeq_RefusedFor32SecondsOnly()
    {
        Register(Life.Register(Life.Device(1, 1000), 5));
        Register(Life.Register(Life.Device(1, 2000), 1)).Outcome.Status.Should().Be(RegisterStatus.OutOfOrder);
        life.Now += TimeSpan.FromSeconds(33);
        Register(Life.Register(Life.Device(1, 2000), 1)).Outcome.Status.Should().Be(RegisterStatus.Accepted);
    }

    [Fact]
    public void Register_TooBrief_TellsTheLeast()
    {
        var outcome = Register(Life.Register(Life.Device(1, 1000), 1, expires: 30)).Outcome;
        (outcome.Status, outcome.MinExpiresSeconds).Should().Be((RegisterStatus.IntervalTooBrief, 60u));
    }

    [Theory]
    [InlineData(1u, null)]
    [InlineData(3599u, null)]
    [InlineData(3600u, 3600u)]
    [InlineData(7199u, 7199u)]
    public void Grant_LeastAboveAnHour_RefusesOnlyBelowAnHour(uint asked, uint? granted)
    {
        var options = new DeviceOptions { MinExpiresSeconds = 7200, UdpExpiresSeconds = 300, MaxExpiresSeconds = 9000 };
        ExpiryRules.Grant(asked, "udp", 9000, options).Should().Be(granted);
        ExpiryRules.Grant(null, "udp", 9000, options).Should().Be(7200, "whoever asks for nothing is not refused");
    }

    [Theory]
    [InlineData("sip:a@10.0.0.5;line=1", true)]
    [InlineData("sip:a@10.0.0.5;transport=tcp", false)]
    public void Register_ExpiresZero_FindsTheContactByTheRulesForUris(string uri, bool isSame)
    {
        Register(Life.Register(Life.Device(1, 1000), 1));
        var removal = Life.Register(Life.Device(1, 2000), 2);
        removal = removal with { Contacts = [new ContactOffer { Uri = uri, CanonicalUri = uri, ExpiresSeconds = 0 }] };
        Register(removal).Outcome.Bindings.Should().HaveCount(isSame ? 0 : 1);
    }

    [Fact]
    public void Register_AnotherPath_IsDurable_AndTheSameIsNot()
    {
        RegisterCommand Through(uint number) => Life.Register(Life.Device(1, 1000 * number), number) with { Path = ["<sip:p;lr>"] };
        Register(Life.Register(Life.Device(1, 500), 1));
        Register(Through(2)).IsDurable.Should().BeTrue();
        Register(Through(3)).IsDurable.Should().BeFalse();
    }

    [Fact]
    public void Register_FlowsOfAnotherInstance_ReplaceThoseOfTheFirst()
    {
        RegisterOutcome Flow(uint number, int id, string instance) => Register(Life.Register(Life.Device(1, 1000 * number), number) with
        {
            Contacts = [new ContactOffer { Uri = $"sip:{instance}{id}@h", CanonicalUri = $"sip:{instance}{id}@h", RegId = id, InstanceId = instance }],
        }).Outcome;

        Flow(1, 1, "x");
        Flow(2, 2, "x").Bindings.Should().HaveCount(2);
        Flow(3, 1, "y").Bindings.Should().ContainSingle(b => b.Uri == "sip:y1@h");
    }

    [Fact]
    public void Register_AskingForWhatWasGranted_NeverShrinks()
    {
        var granted = Register(Life.Register(Life.Device(1, 1000), 1, expires: 7200)).Outcome.Bindings[0].ExpiresSeconds;
        granted.Should().BeInRange(3240, 3600);
        Register(Life.Register(Life.Device(1, 2000), 2, expires: granted)).Outcome.Bindings[0].ExpiresSeconds.Should().Be(granted);
    }

    [Fact]
    public void Register_ExpiresZero_Removes()
    {
        Register(Life.Register(Life.Device(1, 1000), 1));
        Register(Life.Register(Life.Device(1, 2000), 2, expires: 0)).Outcome.Bindings.Should().BeEmpty();
    }
}
