using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>What becomes of a bulk operation: pure.</summary>
internal static class OperationRules
{
    public static OperationDecision Start(StartBulkCommand command, OperationState state, string id, DateTimeOffset now)
    {
        var context = command.Context;
        if (state.CommandId == context.CommandId) return OperationDecision.Answer(Begun(id));
        if (state.CommandId.Length > 0)
            return OperationDecision.Answer(Refusal.Exists("OPERATION_EXISTS", $"There is an operation '{id}' already. Use another request id."));
        if (command.Items.IsDefaultOrEmpty)
            return OperationDecision.Answer(Refusal.Invalid("NO_ITEMS", "There is nothing to do: name at least one device."));
        if (!Enum.IsDefined(command.Kind))
            return OperationDecision.Answer(Refusal.Invalid("KIND_UNKNOWN", "This gateway does not know that kind of operation."));
        if (command.Items.Length > OperationLimits.MaxItems)
        {
            return OperationDecision.Answer(Refusal.Invalid(
                "TOO_MANY_ITEMS",
                $"{command.Items.Length} devices are too many for one operation; at most {OperationLimits.MaxItems} go. Split the list."));
        }

        if (context.ValidateOnly) return OperationDecision.Answer(CommandOutcome.Done);
        var next = new OperationState
        {
            CommandId = context.CommandId,
            Tenant = context.Tenant,
            Actor = context.Actor,
            Kind = command.Kind,
            CreatedAtUtc = now,
            Items = Read(command.Items),
        };
        var audit = context.Audit($"operation.{OperationRows.KindName(command.Kind)}", $"operations/{id}", now, $"{command.Items.Length} devices");
        return Settle(next, id, now, now, Begun(id)).WithAudit(audit);
    }

    public static OperationDecision Cancel(AdminContext context, OperationState state, string id, DateTimeOffset now)
    {
        if (state.CommandId.Length == 0 || state.Tenant != context.Tenant)
        {
            return OperationDecision.Answer(Refusal.Missing("OPERATION_NOT_FOUND", $"There is no operation '{id}' in this tenant."));
        }

        // Asked twice, or too late: it has ended, which is what the caller wanted to know.
        if (state.Status != OperationStatus.Running || context.ValidateOnly) return OperationDecision.Answer(CommandOutcome.Done);
        var next = state.Copy();
        next.Items = [.. state.Items.Select(i => i.Status is ItemStatus.Pending or ItemStatus.Running ? Given(i) : i)];
        next.Status = OperationStatus.Cancelled;
        next.EndedAtUtc = now;
        next.Message = $"Cancelled. {Summary(next.Items)}";
        return OperationDecision.Commit(next, id, CommandOutcome.Done, Storage.Due.Never).WithAudit(context.Audit("operation.cancel", $"operations/{id}", now));
    }

    /// <summary>The items to begin now: pending ones, as many as may run at one time.</summary>
    public static ImmutableArray<int> NextItems(OperationState state)
    {
        var room = Math.Min(OperationLimits.MaxItemsPerSlice, OperationLimits.MaxRunningItems - state.Items.Count(i => i.Status == ItemStatus.Running));
        return [.. Enumerable.Range(0, state.Items.Length).Where(i => state.Items[i].Status == ItemStatus.Pending).Take(Math.Max(room, 0))];
    }

    /// <summary>An item after its device answered.</summary>
    public static StoredItem After(StoredItem item, CommandOutcome outcome) => outcome switch
    {
        { Status: CommandStatus.Done, OperationId.Length: > 0 } => item with { Status = ItemStatus.Running, OperationId = outcome.OperationId },
        { Status: CommandStatus.Done } => item with { Status = ItemStatus.Succeeded },
        _ => item with { Status = ItemStatus.Failed, Message = outcome.Message },
    };

    /// <summary>An item whose device could not be reached: tried again, but not for ever.</summary>
    public static StoredItem AfterMiss(StoredItem item) => item.Misses + 1 < OperationLimits.MaxMisses
        ? item with { Misses = item.Misses + 1 }
        : item with { Status = ItemStatus.Failed, Message = "The device's state could not be reached. Look at the gateway's log, then try again." };

    /// <summary>An item after a look at its device's own operation; null: that operation is gone from the lists.</summary>
    public static StoredItem After(StoredItem item, Storage.OperationRow? operation) => operation switch
    {
        null => item with { Status = ItemStatus.Unproven, OperationId = "", Message = "The device's own operation is not known any more." },
        { Status: "RUNNING" } => item,
        { Status: "SUCCEEDED" or "DONE" } => item with { Status = ItemStatus.Succeeded, OperationId = "", Message = operation.Message },
        { Status: "UNPROVEN" } => item with { Status = ItemStatus.Unproven, OperationId = "", Message = operation.Message },
        { Status: "CANCELLED" } => item with { Status = ItemStatus.Cancelled, OperationId = "", Message = operation.Message },
        _ => item with { Status = ItemStatus.Failed, OperationId = "", Message = operation.Message },
    };

    /// <summary>The operation after a slice: ended when no item waits or runs, else due again.</summary>
    public static OperationDecision Settle(OperationState next, string id, DateTimeOffset dueAt, DateTimeOffset now, CommandOutcome outcome)
    {
        if (next.Items.Any(i => i.Status is ItemStatus.Pending or ItemStatus.Running)) return OperationDecision.Commit(next, id, outcome, dueAt);
        next.Status = next.Items.Any(i => i.Status == ItemStatus.Succeeded) ? OperationStatus.Succeeded : OperationStatus.Failed;
        next.EndedAtUtc = now;
        next.Message = Summary(next.Items);
        return OperationDecision.Commit(next, id, outcome, Storage.Due.Never);
    }

    private static CommandOutcome Begun(string id) => new() { Status = CommandStatus.Done, OperationId = id };

    private static ImmutableArray<StoredItem> Read(ImmutableArray<BulkItem> items)
    {
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        var read = ImmutableArray.CreateBuilder<StoredItem>(items.Length);
        foreach (var item in items)
        {
            var isMac = LineKey.TryParse(item.Mac, out var mac);
            var error = item.Error.Length > 0 ? item.Error
                : !isMac ? "This is no MAC address. Write twelve hex digits, such as 00:15:65:AA:BB:CC."
                : item.Detail.Length > OperationLimits.MaxDetailLength ? $"The location is longer than {OperationLimits.MaxDetailLength} characters."
                : !rows.TryAdd(mac, item.Row) ? Repeated(rows[mac]) : "";
            read.Add(new StoredItem
            {
                Row = item.Row,
                Mac = isMac ? mac : Cut(item.Mac),
                Detail = error.Length == 0 ? item.Detail : "",
                Status = error.Length == 0 ? ItemStatus.Pending : ItemStatus.Failed,
                Message = error,
            });
        }

        return read.MoveToImmutable();
    }

    private static string Repeated(int row) => row == 0 ? "This MAC is in the list already." : $"This MAC stands in row {row} already.";

    private static StoredItem Given(StoredItem item) => item.Status == ItemStatus.Pending
        ? item with { Status = ItemStatus.Cancelled, Message = "Cancelled before it began." }
        : item with { Status = ItemStatus.Unproven, OperationId = "", Message = "Begun; the operation was cancelled before the phone proved it." };

    private static string Summary(ImmutableArray<StoredItem> items)
    {
        var counts = items.GroupBy(i => i.Status).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key.ToString().ToLowerInvariant()}");
        return $"{items.Length} devices: {string.Join(", ", counts)}.";
    }

    private static string Cut(string text) => text.Length <= 40 ? text : text[..40];
}
