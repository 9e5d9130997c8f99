using System.Text.Json;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains.Devices;

/// <summary>Operations that wait for the phone, and what proves them.</summary>
internal static class DeviceOperationRules
{
    /// <summary>Begins an operation; its id follows from the command's, so that a repetition finds the same one.</summary>
    public static string Begin(DeviceChange change, AdminContext by, DeviceOperationKind kind)
    {
        var operation = new PendingOperation
        {
            Id = FormattableString.Invariant($"{change.Context.Mac}-{change.Next.Version + 1}-{kind.ToString().ToLowerInvariant()}"),
            Tenant = by.Tenant,
            Kind = kind,
            CreatedAtUtc = change.Now,
            DeadlineUtc = change.Now + (kind == DeviceOperationKind.Restart ? change.Options.RestartDeadline : change.Options.ResyncDeadline),
        };
        change.Next.Operations = change.Next.Operations.Add(operation);
        change.Operation(Row(change, operation, "RUNNING", ""));
        if (kind == DeviceOperationKind.Restart) NotifyRules.Order(change, NotifyKind.Restart, "", operation.Id);
        else NotifyRules.OrderResync(change, "", operation.Id);
        return operation.Id;
    }

    /// <summary>Restart, resync: for a phone in the seat.</summary>
    public static CommandOutcome Decide(AdminContext by, DeviceOperationKind kind, DeviceChange change)
    {
        if (CommandRules.Before(change.Next, by) is { } answer) return answer;
        if (CommandRules.NeedsSeat(change.Next, by.Tenant, change.Context.Mac) is { } refused) return refused;
        if (change.Next.Operations.FirstOrDefault(o => o.Kind == kind) is { } running) return change.Done(by, running.Id);
        var word = kind == DeviceOperationKind.Restart ? "restart" : "resync";
        var id = Begin(change, by, kind);
        change.Audit(by, $"device.{word}");
        change.Event(by.Tenant, kind == DeviceOperationKind.Restart ? "restart.asked" : "policy.resync_asked", $"A {word} was asked for.");
        return change.Done(by, id);
    }

    public static CommandOutcome Cancel(AdminContext by, string operationId, DeviceChange change)
    {
        if (CommandRules.Before(change.Next, by) is { } answer) return answer;
        if (change.Next.Operations.FirstOrDefault(o => o.Id == operationId && o.Tenant == by.Tenant) is not { } operation)
            return Refusal.Missing("OPERATION_NOT_FOUND", "There is no such operation under way; it may have ended. Look at it to see how.");
        End(change, operation, "CANCELLED", "It was given up; a phone that was told already goes on.");
        change.Audit(by, "operation.cancel", operationId);
        return change.Done(by);
    }

    public static void NoteSent(DeviceChange change, string operationId, DeviceBinding target) => Change(change, operationId, o => o.SentAtUtc is null
        ? o with { SentAtUtc = change.Now, CallIdBefore = target.CallId, FlowIdBefore = target.FlowId }
        : o);

    public static void NoteNotified(DeviceChange change, string operationId)
    {
        Change(change, operationId, o => o with { NotifiedAtUtc = o.NotifiedAtUtc ?? change.Now, NotifyFailure = "" });
        Judge(change);
    }

    public static void NoteNotifyFailed(DeviceChange change, string operationId, string why) => Change(change, operationId, o =>
        o with { NotifyFailure = why });

    /// <summary>The first file of the boot order was fetched by the phone in the seat.</summary>
    public static void NoteBoot(DeviceChange change)
    {
        Prove(change, o => o.BootedAtUtc is null ? o with { BootedAtUtc = change.Now } : o);
        Forgive(change);
        Judge(change);
    }

    /// <summary>The phone in the seat registered with the credential it should have.</summary>
    public static void NoteRegistered(DeviceChange change, RegisterCommand command)
    {
        Prove(change, o => o.RegisteredAtUtc is null && command.CallId != o.CallIdBefore
            && (command.Flow.Transport == "udp" || command.Flow.FlowId != o.FlowIdBefore) ? o with { RegisteredAtUtc = change.Now } : o);
        Judge(change);
    }

    /// <summary>The device's own file was fetched: every resync has done its work.</summary>
    public static void NoteFetched(DeviceChange change)
    {
        foreach (var operation in change.Next.Operations.Where(o => o.Kind != DeviceOperationKind.Restart))
            End(change, operation, "SUCCEEDED", "The phone fetched its configuration.");
        Forgive(change);
        var resyncs = change.Next.Intents.RemoveAll(i => i.Kind == NotifyKind.Resync);
        if (resyncs.Length == change.Next.Intents.Length) return;
        change.Next.Intents = resyncs;
        change.Touch();
    }

    /// <summary>Ends what is beyond its deadline, and says why.</summary>
    public static void Expire(DeviceChange change)
    {
        foreach (var o in change.Next.Operations.Where(o => o.DeadlineUtc <= change.Now))
        {
            var (status, message) = Verdict(o);
            End(change, o, status, message);
        }
    }

    private static (string Status, string Message) Verdict(PendingOperation o)
    {
        if (o.Kind == DeviceOperationKind.SignOut)
            return ("SUCCEEDED", "The user is signed out and the old credential ended; the phone learns of it when it comes back.");
        var why = o.NotifyFailure.Length > 0 ? o.NotifyFailure : o.SentAtUtc is null ? "the phone is not registered" : "the phone did not answer";
        if (o.NotifiedAtUtc is null && o.RegisteredAtUtc is null && o.BootedAtUtc is null)
            return ("FAILED", $"The phone was not told: {why}. Check that it is online, then try again.");
        if (o.Kind == DeviceOperationKind.Resync) return ("FAILED", "The phone took the order and fetched nothing in time. Restart it.");
        return o.RegisteredAtUtc is null && o.BootedAtUtc is null
            ? ("FAILED", "The phone took the order and did not restart: no new registration and no fetch of the first boot file. Restart it by hand.")
            : ("UNPROVEN", $"Not proved within the time: {Missing(o)}. The phone may have restarted all the same; look at it.");
    }

    private static string Missing(PendingOperation o)
    {
        string?[] missing =
        [
            o.NotifiedAtUtc is null ? "no answer to the order" : null,
            o.RegisteredAtUtc is null ? "no new registration" : null,
            o.BootedAtUtc is null ? "no fetch of the first boot file" : null,
        ];
        return string.Join(", ", missing.Where(m => m is not null));
    }

    private static void Judge(DeviceChange change)
    {
        // An account change makes a phone register anew without a boot: proofs beside it prove nothing.
        foreach (var o in change.Next.Operations.Where(o => o is
            { Kind: DeviceOperationKind.Restart, NotifiedAtUtc: not null, RegisteredAtUtc: not null, BootedAtUtc: not null }))
        {
            End(change, o, "SUCCEEDED", "The phone booted: it fetched its first file and registered anew.");
        }
    }

    private static void Prove(DeviceChange change, Func<PendingOperation, PendingOperation> step)
    {
        if (IsAccountChanging(change.Next)) return;
        foreach (var o in change.Next.Operations.Where(o => o is { Kind: DeviceOperationKind.Restart, SentAtUtc: not null })) Change(change, o.Id, step);
    }

    private static bool IsAccountChanging(DeviceState state) =>
        state.Seat is { } seat && state.Bindings.Any(b => b.IsRestricted) && state.Bindings.All(b => b.Credential != CredentialName.OfEpoch(seat.Epoch));

    private static void Change(DeviceChange change, string operationId, Func<PendingOperation, PendingOperation> step)
    {
        if (change.Next.Operations.FirstOrDefault(o => o.Id == operationId) is not { } operation) return;
        var after = step(operation);
        if (after == operation) return;
        change.Next.Operations = change.Next.Operations.Replace(operation, after);
        change.Touch();
    }

    public static void End(DeviceChange change, PendingOperation operation, string status, string message)
    {
        change.Next.Operations = change.Next.Operations.Remove(operation);
        if (status is "FAILED" or "UNPROVEN")
            change.Next.Failed = new FailedOperation { Id = operation.Id, Kind = operation.Kind, AtUtc = change.Now };
        change.Next.Intents = change.Next.Intents.RemoveAll(i => i.OperationId == operation.Id);
        change.Operation(Row(change, operation, status, message));
        change.Event(operation.Tenant, $"restart.{status.ToLowerInvariant()}", $"{operation.Kind}: {message}");
        change.Touch();
    }

    // It came for its files: whatever it did not do before, it is at work.
    private static void Forgive(DeviceChange change)
    {
        if (change.Next.Failed is null) return;
        change.Next.Failed = null;
        change.Touch();
    }

    private static OperationRow Row(DeviceChange change, PendingOperation operation, string status, string message) => new()
    {
        Tenant = operation.Tenant,
        Id = operation.Id,
        Kind = JsonNamingPolicy.CamelCase.ConvertName(operation.Kind.ToString()),
        Owner = $"device/{change.Context.Mac}",
        Status = status,
        Message = message,
        CreatedAtUtc = operation.CreatedAtUtc,
        EndedAtUtc = status == "RUNNING" ? null : change.Now,
    };
}
