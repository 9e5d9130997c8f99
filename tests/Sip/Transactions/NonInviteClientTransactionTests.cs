using SipGateway.Sip.Transactions;
using static SipGateway.Sip.Tests.Transactions.TransactionTables;

namespace SipGateway.Sip.Tests.Transactions;

public sealed class NonInviteClientTransactionTests
{
    private static readonly TimeSpan T1 = Timers.T1;

    [Fact]
    public void Start_OverUdp_SendsAndRetransmits() =>
        Describe(NonInviteClientTransaction.Start(false, Timers)).Should().Be("Trying: Send, Start F 32000, Start E 500");

    [Fact]
    public void Start_OverTcp_SendsOnce() =>
        Describe(NonInviteClientTransaction.Start(true, Timers)).Should().Be("Trying: Send, Start F 32000");

    [Fact]
    public void On_EveryStateAndInputOverUdp_FollowsTheTable() => Check(
        (state, input) => NonInviteClientTransaction.On(state, input, Timers),
        new()
        {
            ["Trying"] = new(TransactionPhase.Trying, false, T1),
            ["Proceeding"] = new(TransactionPhase.Proceeding, false, T1),
            ["Completed"] = new(TransactionPhase.Completed, false, T1),
            ["Terminated"] = new(TransactionPhase.Terminated, false, T1),
        },
        """
        Trying     | Provisional     | Proceeding: Deliver
        Trying     | Success         | Completed: Deliver, Stop E, Stop F, Start K 5000
        Trying     | Failure         | Completed: Deliver, Stop E, Stop F, Start K 5000
        Trying     | TimerE          | Trying: Resend, Start E 1000
        Trying     | TimerF          | Terminated: ReportTimeout
        Trying     | TransportFailed | Terminated: ReportTransportFailure
        Proceeding | Provisional     | Proceeding: Deliver
        Proceeding | Success         | Completed: Deliver, Stop E, Stop F, Start K 5000
        Proceeding | Failure         | Completed: Deliver, Stop E, Stop F, Start K 5000
        Proceeding | TimerE          | Proceeding: Resend, Start E 4000
        Proceeding | TimerF          | Terminated: ReportTimeout
        Proceeding | TransportFailed | Terminated: ReportTransportFailure
        Completed  | TimerK          | Terminated
        """);

    [Fact]
    public void On_AnswerOverTcp_EndsAtOnce() =>
        Describe(NonInviteClientTransaction.On(new(TransactionPhase.Trying, true), TransactionInput.Response(200), Timers))
            .Should().Be("Terminated: Deliver");
}
