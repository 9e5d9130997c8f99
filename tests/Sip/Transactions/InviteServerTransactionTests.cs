using SipGateway.Sip.Transactions;
using static SipGateway.Sip.Tests.Transactions.TransactionTables;

namespace SipGateway.Sip.Tests.Transactions;

public sealed class InviteServerTransactionTests
{
    private static readonly TimeSpan T1 = Timers.T1;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Start_Invite_AsksTheUserAndWaitsForTrying(bool isReliable) =>
        Describe(InviteServerTransaction.Start(isReliable, Timers)).Should().Be("Proceeding: Deliver, Start Trying 200");

    [Fact]
    public void On_EveryStateAndInputOverUdp_FollowsTheTable() => Check(
        (state, input) => InviteServerTransaction.On(state, input, Timers),
        new()
        {
            ["Fresh"] = new(TransactionPhase.Proceeding, false),
            ["Proceeding"] = new(TransactionPhase.Proceeding, false, default, true),
            ["Completed"] = new(TransactionPhase.Completed, false, T1, true),
            ["Accepted"] = new(TransactionPhase.Accepted, false, default, true),
            ["Confirmed"] = new(TransactionPhase.Confirmed, false, T1, true),
            ["Terminated"] = new(TransactionPhase.Terminated, false, T1, true),
        },
        """
        Fresh      | Provisional     | Proceeding: Send
        Fresh      | Success         | Accepted: Send, Start L 32000
        Fresh      | Failure         | Completed: Send, Start H 32000, Start G 500
        Fresh      | TimerTrying     | Proceeding: SendTrying
        Fresh      | TransportFailed | Terminated: ReportTransportFailure
        Proceeding | Request         | Proceeding: Resend
        Proceeding | Provisional     | Proceeding: Send
        Proceeding | Success         | Accepted: Send, Start L 32000
        Proceeding | Failure         | Completed: Send, Start H 32000, Start G 500
        Proceeding | TransportFailed | Terminated: ReportTransportFailure
        Completed  | Request         | Completed: Resend
        Completed  | Ack             | Confirmed: Stop G, Stop H, Start I 5000
        Completed  | TimerG          | Completed: Resend, Start G 1000
        Completed  | TimerH          | Terminated: ReportTimeout
        Completed  | TransportFailed | Terminated: ReportTransportFailure
        Accepted   | Ack             | Accepted: Deliver
        Accepted   | Success         | Accepted: Send
        Accepted   | TimerL          | Terminated
        Accepted   | TransportFailed | Accepted: ReportTransportFailure
        Confirmed  | TimerI          | Terminated
        """);

    [Fact]
    public void On_EveryStateAndInputOverTcp_FollowsTheTable() => Check(
        (state, input) => InviteServerTransaction.On(state, input, Timers),
        new()
        {
            ["Fresh"] = new(TransactionPhase.Proceeding, true),
            ["Completed"] = new(TransactionPhase.Completed, true, T1, true),
        },
        """
        Fresh      | Provisional     | Proceeding: Send
        Fresh      | Success         | Accepted: Send, Start L 32000
        Fresh      | Failure         | Completed: Send, Start H 32000
        Fresh      | TimerTrying     | Proceeding: SendTrying
        Fresh      | TransportFailed | Terminated: ReportTransportFailure
        Completed  | Request         | Completed: Resend
        Completed  | Ack             | Terminated
        Completed  | TimerG          | Completed: Resend, Start G 1000
        Completed  | TimerH          | Terminated: ReportTimeout
        Completed  | TransportFailed | Terminated: ReportTransportFailure
        """);

    [Fact]
    public void On_TimerGAgainAndAgain_DoublesUpToT2()
    {
        var state = new TransactionState(TransactionPhase.Completed, false, T1, true);
        var pauses = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var step = InviteServerTransaction.On(state, TransactionInput.Fired(TransactionTimer.G), Timers);
            state = step.State;
            pauses.Add(step.Effects[1].Delay.TotalMilliseconds);
        }

        pauses.Should().Equal(1000, 2000, 4000, 4000, 4000);
    }
}
