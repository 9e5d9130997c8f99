using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>Restarts and resyncs: asked by NOTIFY, done when the phone proved it.</summary>
internal static class RestartRules
{
    /// <summary>Asks the phone to restart.</summary>
    public static CommandOutcome Restart(DeviceChange change, AdminContext context, string operationId) => Start(change, context, NotifyKind.Restart, "restart", operationId);

    /// <summary>Asks the phone to fetch its configuration now.</summary>
    public static CommandOutcome Resync(DeviceChange change, AdminContext context, string operationId) => Start(change, context, NotifyKind.Resync, "resync", operationId);

    /// <summary>The first file of the boot order was fetched with the seat's credential.</summary>
    public static void SawBoot(DeviceChange change, string source)
    {
        if (!change.Phone.Operations.Any(o => o is { Kind: "restart", BootFileFetched: false })) return;
        change.Phone = change.Phone with
        {
            Operations = [.. change.Phone.Operations.Select(o => o.Kind == "restart" ? o with { BootFileFetched = true } : o)],
        };
        change.Event("restart.booting", "The phone fetched the first file of its boot order.", source);
        EndProved(change);
    }

    /// <summary>The phone in service registered.</summary>
    public static void SawRegister(DeviceChange change, RegisterCommand command)
    {
        if (change.Phone.Operations.IsEmpty) return;
        change.Phone = change.Phone with { Operations = [.. change.Phone.Operations.Select(o => IsAnew(o, command) ? o with { RegisteredAnew = true } : o)] };
        EndProved(change);
    }

    /// <summary>The device's own file was fetched.</summary>
    public static void SawDelivery(DeviceChange change)
    {
        foreach (var operation in change.Phone.Operations.Where(o => o.Kind == "resync")) End(change, operation, "SUCCEEDED", "The phone fetched its configuration.");
        change.Phone = change.Phone with { Pushes = change.Phone.Pushes.RemoveAll(p => p.Kind == NotifyKind.Resync) };
    }

    /// <summary>Operations whose time is over.</summary>
    public static void EndOverdue(DeviceChange change)
    {
        foreach (var operation in change.Phone.Operations.Where(o => o.DeadlineUtc <= change.Now))
        {
            var (status, message) = Verdict(operation);
            End(change, operation, status, message);
        }
    }

    /// <summary>Gives an operation up.</summary>
    public static CommandOutcome Cancel(DeviceChange change, AdminContext context, string operationId)
    {
        if (change.Phone.Operations.FirstOrDefault(o => o.Id == operationId && o.Tenant == context.Tenant) is not { } operation)
        {
            return Refusal.NotNow("OPERATION_ENDED", "The operation has ended already; there is nothing to cancel.");
        }

        change.Phone = change.Phone with { Pushes = change.Phone.Pushes.RemoveAll(p => p.OrderId == operation.OrderId) };
        End(change, operation, "CANCELLED", "Cancelled. A NOTIFY that is under way cannot be called back.");
        change.Audit(context, "operation.cancel", operationId);
        return change.Answered(context, CommandOutcome.Done);
    }

    private static CommandOutcome Start(DeviceChange change, AdminContext context, NotifyKind kind, string name, string operationId)
    {
        if (change.Phone.Seat is not { } seat || seat.Tenant != context.Tenant)
        {
            return Refusal.NotNow("NOT_ENROLLED", $"The device {change.Facts.Mac} is not enrolled. Make a code and dial it on the phone first.");
        }

        if (PushRules.Reachable(change) is not { } binding)
        {
            return Refusal.NotNow("DEVICE_OFFLINE", "The phone is not registered, so nothing reaches it. Check its power and network, or pull its plug.");
        }

        var orderId = PushRules.ToDevice(change, kind)!;
        change.Phone = change.Phone with
        {
            Operations = change.Phone.Operations.Add(new PendingOperation
            {
                Id = operationId,
                Tenant = context.Tenant,
                Kind = name,
                CreatedAtUtc = change.Now,
                DeadlineUtc = change.Now + change.Facts.Options.OperationDeadline,
                OrderId = orderId,
                CallIdBefore = binding.CallId,
                FlowIdBefore = binding.Flow.Transport == "udp" ? "" : binding.Flow.FlowId,
            }),
        };
        change.Audit(context, "device." + name);
        change.Operation(context.Tenant, operationId, name, "RUNNING", "", change.Now);
        change.Event($"restart.{name}_asked", $"A {name} was asked for.");
        return change.Answered(context, new CommandOutcome { Status = CommandStatus.Done, OperationId = operationId });
    }

    // On a stream a booted phone has a new connection, too.
    private static bool IsAnew(PendingOperation operation, RegisterCommand command) => operation.Kind == "restart"
        && command.CallId != operation.CallIdBefore
        && (operation.FlowIdBefore.Length == 0 || operation.FlowIdBefore != command.Flow.FlowId);

    private static void EndProved(DeviceChange change)
    {
        // A new account makes a phone fetch and register anew as well: then it proves nothing.
        var config = PolicyRules.ConfigOf(change.Phone, change.Facts);
        if (config is null || config.Hash != change.Phone.Seat!.AppliedConfigHash) return;
        foreach (var operation in change.Phone.Operations.Where(o => o is { Kind: "restart", BootFileFetched: true, RegisteredAnew: true }))
        {
            End(change, operation, "SUCCEEDED", "The phone booted: it fetched its boot file and registered anew.");
        }
    }

    private static (string Status, string Message) Verdict(PendingOperation operation)
    {
        if (operation.BootFileFetched || operation.RegisteredAnew)
        {
            var seen = operation.BootFileFetched ? "fetched its boot file but did not register anew" : "registered anew but did not fetch its boot file";
            return ("UNPROVEN", $"The phone {seen}. Look at it, or ask again.");
        }

        var answer = operation.Answer.Length == 0 ? "did not answer" : $"answered {operation.Answer}";
        return operation.Kind == "restart"
            ? ("FAILED", $"The phone {answer} to the NOTIFY and no boot was seen in time. It may be in a call, or its settings ignore restarts.")
            : ("FAILED", $"The phone {answer} to the NOTIFY and did not fetch its configuration in time.");
    }

    private static void End(DeviceChange change, PendingOperation operation, string status, string message)
    {
        change.Phone = change.Phone with
        {
            Operations = change.Phone.Operations.RemoveAll(o => o.Id == operation.Id),
            Pushes = change.Phone.Pushes.RemoveAll(p => p.OrderId == operation.OrderId),
        };
        change.Operation(operation.Tenant, operation.Id, operation.Kind, status, message, operation.CreatedAtUtc);
        change.Event($"restart.{operation.Kind}_{status.ToLowerInvariant()}", message);
    }
}
