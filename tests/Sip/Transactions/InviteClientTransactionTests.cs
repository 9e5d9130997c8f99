using SipGateway.Sip.Transactions;
using static SipGateway.Sip.Tests.Transactions.TransactionTables;

namespace SipGateway.Sip.Tests.Transactions;

public sealed class InviteClientTransactionTests
{
    [Fact]
    public void Start_OverUdp_SendsAndRetransmits() =>
        Describe(InviteClientTransaction.Start(false, Timers)).Should().Be("Calling: Send, Start B 32000, Start A 500");

    [Fact]
    public void Start_OverTcp_SendsOnce() =>
        Describe(InviteClientTransaction.Start(true, Timers)).Should().Be("Calling: Send, Start B 32000");

    [Fact]
    public void On_EveryStateAndInputOverUdp_FollowsTheTable() => Check(
        (state, input) => InviteClientTransaction.On(state, input, Timers),
        new()
        {
            ["Calling"] = new(TransactionPhase.Calling, false, TimeSpan.FromSeconds(4)),
            ["Proceeding"] = new(TransactionPhase.Proceeding, false, TimeSpan.FromSeconds(4)),
            ["Completed"] = new(TransactionPhase.Completed, false),
            ["Accepted"] = new(TransactionPhase.Accepted, false),
            ["Terminated"] = new(TransactionPhase.Terminated, false),
        },
        """
        Calling    | Provisional     | Proceeding: Deliver, Stop A, Stop B
        Calling    | Success         | Accepted: Deliver, Stop A, Stop B, Start M 32000
        Calling    | Failure         | Completed: Deliver, SendAck, Stop A, Stop B, Start D 32000
        Calling    | TimerA          | Calling: Resend, Start A 8000
        Calling    | TimerB          | Terminated: ReportTimeout
        Calling    | TransportFailed | Terminated: ReportTransportFailure
        Proceeding | Provisional     | Proceeding: Deliver
        Proceeding | Success         | Accepted: Deliver, Stop A, Stop B, Start M 32000
        Proceeding | Failure         | Completed: Deliver, SendAck, Stop A, Stop B, Start D 32000
        Proceeding | TransportFailed | Terminated: ReportTransportFailure
        Completed  | Failure         | Completed: SendAck
        Completed  | TimerD          | Terminated
        Completed  | TransportFailed | Terminated: ReportTransportFailure
        Accepted   | Success         | Accepted: Deliver
        Accepted   | TimerM          | Terminated
        Accepted   | TransportFailed | Accepted: ReportTransportFailure
        """);

    [Fact]
    public void On_RefusalOverTcp_EndsAtOnce() =>
        Describe(InviteClientTransaction.On(new(TransactionPhase.Calling, true), TransactionInput.Response(486), Timers))
            .Should().Be("Terminated: Deliver, SendAck");
}
