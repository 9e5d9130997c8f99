namespace SipGateway.Identity.Tests;

public sealed class DevicePollRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DevicePollState State = new(TimeSpan.FromSeconds(5), 0, Now.AddMinutes(15));

    [Fact]
    public void Faults_NeverWaitLongerThanAMinute_UnlessTheIntervalDoes()
    {
        var many = State with { FaultsInARow = 50 };
        var slow = many with { Interval = TimeSpan.FromSeconds(90) };

        DevicePollRules.Decide(many, new(PollAnswerKind.Fault), Now).Wait.Should().Be(TimeSpan.FromSeconds(60));
        DevicePollRules.Decide(slow, new(PollAnswerKind.Fault), Now).Wait.Should().Be(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public void Wait_NeverGoesPastTheEndOfTheCode() =>
        DevicePollRules.Decide(State with { ExpiresAtUtc = Now.AddSeconds(3) }, new(PollAnswerKind.Pending), Now).Wait.Should().Be(TimeSpan.FromSeconds(3));

    [Fact]
    public void CodeThatEnded_IsNotPolledAgain() =>
        DevicePollRules.Start(State with { ExpiresAtUtc = Now }, Now).Failure.Should().Be(SignInFailures.Expired);

    [Fact]
    public void RetryAfter_OnlyEverLengthensTheWait()
    {
        DevicePollRules.Decide(State, new(PollAnswerKind.Pending, RetryAfter: TimeSpan.FromSeconds(1)), Now).Wait.Should().Be(State.Interval);
        DevicePollRules.Decide(State, new(PollAnswerKind.Pending, RetryAfter: TimeSpan.FromSeconds(-9)), Now).Wait.Should().Be(State.Interval);
        DevicePollRules.Decide(State, new(PollAnswerKind.Pending, RetryAfter: TimeSpan.FromSeconds(20)), Now).Wait.Should().Be(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void AnyAnswer_EndsARowOfFaults() =>
        DevicePollRules.Decide(State with { FaultsInARow = 4 }, new(PollAnswerKind.Pending), Now).State.FaultsInARow.Should().Be(0);
}
