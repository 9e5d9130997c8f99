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
