using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains.Devices;

/// <summary>A decision being made: the next state on a copy, and what is written with it. The state it began from stays as it was.</summary>
internal sealed class DeviceChange(DeviceState before, DeviceContext context)
{
    private readonly List<AuditRow> audit = [];
    private readonly List<DeviceEventRow> events = [];
    private readonly List<OperationRow> operations = [];
    private readonly List<RevocationRow> revocations = [];
    private bool isTouched;
    private bool areBindingsMoved;

    public DeviceState Next { get; } = before.Copy();

    public DeviceContext Context { get; } = context;

    public DateTimeOffset Now => Context.Now;

    public DeviceOptions Options => Context.Options;

    /// <summary>Whether there is something to write.</summary>
    public bool HasChanged => IsStateChanged || areBindingsMoved || events.Count > 0;

    /// <summary>Whether more than bindings is to be written. A device that was never heard of is more: its row says so.</summary>
    public bool IsStateChanged =>
        isTouched || audit.Count + operations.Count + revocations.Count > 0 || (areBindingsMoved && before.LastSeenAtUtc is null);

    public void Touch() => isTouched = true;

    /// <summary>Bindings are new, moved or gone.</summary>
    public void MoveBindings() => areBindingsMoved = true;

    public void Audit(AdminContext by, string action, string detail = "") =>
        audit.Add(by.Audit(action, $"devices/{Context.Mac}", Now, detail));

    public void Audit(string tenant, string actor, string action, string detail = "") => audit.Add(new AuditRow
    {
        Tenant = tenant, Actor = actor, Action = action, Target = $"devices/{Context.Mac}", Outcome = "OK", AtUtc = Now, Detail = detail,
    });

    public void Event(string tenant, string kind, string message, string source = "") => events.Add(new DeviceEventRow
    {
        Mac = Context.Mac, Tenant = tenant, AtUtc = Now, Kind = kind, Message = message, Source = source,
    });

    public void Operation(OperationRow row) => operations.Add(row);

    /// <summary>One row for each edge that may hold a lease.</summary>
    public void Revoke()
    {
        if (revocations.Count > 0) return;
        var edges = before.Bindings.Select(b => b.EdgeId).Distinct(StringComparer.Ordinal).DefaultIfEmpty("");
        revocations.AddRange(edges.Select(e => new RevocationRow(e, Context.Mac, before.Version + 1)));
    }

    /// <summary>The command is done: its repetition finds it.</summary>
    public CommandOutcome Done(AdminContext by, string operationId = "")
    {
        Touch();
        Next.Answered = AnsweredDeviceCommand.Remember(Next.Answered, by, operationId);
        return CommandOutcome.Done with { OperationId = operationId };
    }

    public void Alert(string message)
    {
        if (Next.Seat is not { } seat || seat.Alerts.Contains(message)) return;
        Touch();
        Next.Seat = seat with { Alerts = [.. seat.Alerts.TakeLast(7), message] };
    }

    public StateEffects Effects()
    {
        var (written, removed) = ContactRules.Differences(before, Next, Context.Mac);
        return new StateEffects
        {
            Audit = [.. audit],
            Events = [.. events],
            Operations = [.. operations],
            Revocations = [.. revocations],
            Bindings = written,
            RemovedBindings = removed,
        };
    }
}
