using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>What is to be done about a command to an operation.</summary>
/// <param name="Outcome">The answer.</param>
/// <param name="Next">The state to write; null: nothing.</param>
/// <param name="Effects">What travels with it.</param>
internal sealed record OperationDecision(CommandOutcome Outcome, OperationState? Next, StateEffects Effects)
{
    public static OperationDecision Answer(CommandOutcome outcome) => new(outcome, null, StateEffects.None);

    public static OperationDecision Commit(OperationState next, string id, CommandOutcome outcome, DateTimeOffset dueAt) =>
        new(outcome, next, new StateEffects { Operations = [OperationRows.Row(next, id)], DueAtUtc = dueAt });

    public OperationDecision WithAudit(AuditRow row) => this with { Effects = Effects with { Audit = [row] } };
}
