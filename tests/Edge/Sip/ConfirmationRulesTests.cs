using SipGateway.Sip.Transactions;

namespace SipGateway.Edge.Tests.Sip;

public sealed class ConfirmationRulesTests
{
    private static readonly TransactionTimers Timers = TransactionTimers.Default;

    [Fact]
    public void On_EveryPhaseAndInput_FollowsTheTable()
    {
        var table = new Dictionary<(ConfirmationPhase, ConfirmationInput), string>
        {
            [(ConfirmationPhase.Answered, ConfirmationInput.Acknowledged)] = "Playing: Play",
            [(ConfirmationPhase.Answered, ConfirmationInput.AcknowledgedUnplayable)] = "Ended: SendBye, Forget",
            [(ConfirmationPhase.Answered, ConfirmationInput.ResendDue)] = "Answered: SendOk",
            [(ConfirmationPhase.Answered, ConfirmationInput.AckOverdue)] = "Ended: SendBye, Forget",
            [(ConfirmationPhase.Answered, ConfirmationInput.HungUp)] = "Ended: Forget",
            [(ConfirmationPhase.Playing, ConfirmationInput.Played)] = "Ended: SendBye, Forget",
            [(ConfirmationPhase.Playing, ConfirmationInput.HungUp)] = "Ended: StopPlaying, Forget",
        };
        foreach (var phase in Enum.GetValues<ConfirmationPhase>())
        {
            foreach (var input in Enum.GetValues<ConfirmationInput>())
            {
                var (state, effects) = ConfirmationRules.On(new ConfirmationState(phase, Timers.T1), input, Timers);
                var expected = table.GetValueOrDefault((phase, input), $"{phase}: ");
                $"{state.Phase}: {string.Join(", ", effects)}".Should().Be(expected, $"{phase} meets {input}");
            }
        }
    }
}
