using SipGateway.Sip.Transactions;
using static SipGateway.Sip.Tests.Transactions.TransactionTables;

namespace SipGateway.Sip.Tests.Transactions;

public sealed class NonInviteServerTransactionTests
{
    [Fact]
    public void Start_Request_AsksTheUser() => Describe(NonInviteServerTransaction.Start(false)).Should().Be("Trying: Deliver");

    [Fact]
    public void On_EveryStateAndInputOverUdp_FollowsTheTable() => Check(
        (state, input) => NonInviteServerTransaction.On(state, input, Timers),
        new()
        {
            ["Trying"] = new(TransactionPhase.Trying, false),
            ["Proceeding"] = new(TransactionPhase.Proceeding, false, default, true),
            ["Completed"] = new(TransactionPhase.Completed, false, default, true),
            ["Terminated"] = new(TransactionPhase.Terminated, false, default, true),
        },
        """
        Trying     | Provisional     | Proceeding: Send
        Trying     | Success         | Completed: Send, Start J 32000
        Trying     | Failure         | Completed: Send, Start J 32000
        Trying     | TransportFailed | Terminated: ReportTransportFailure
        Proceeding | Request         | Proceeding: Resend
        Proceeding | Provisional     | Proceeding: Send
        Proceeding | Success         | Completed: Send, Start J 32000
        Proceeding | Failure         | Completed: Send, Start J 32000
        Proceeding | TransportFailed | Terminated: ReportTransportFailure
        Completed  | Request         | Completed: Resend
        Completed  | TimerJ          | Terminated
        Completed  | TransportFailed | Terminated: ReportTransportFailure
        """);

    [Fact]
    public void On_EveryStateAndInputOverTcp_FollowsTheTable() => Check(
        (state, input) => NonInviteServerTransaction.On(state, input, Timers),
        new() { ["Trying"] = new(TransactionPhase.Trying, true) },
        """
        Trying     | Provisional     | Proceeding: Send
        Trying     | Success         | Terminated: Send
        Trying     | Failure         | Terminated: Send
        Trying     | TransportFailed | Terminated: ReportTransportFailure
        """);
}
