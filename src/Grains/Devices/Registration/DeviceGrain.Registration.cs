using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

internal sealed partial class DeviceGrain
{
    public async Task<RegisterOutcome> Register(RegisterCommand command)
    {
        var caller = command.Caller;
        var isRestricted = false;
        var secret = "";
        if (caller.Candidate is null)
        {
            if (FindSecret(caller.Epoch ?? 0) is not { } credential || !DigestRules.Verifies(caller.Digest, credential.Secret))
                return new RegisterOutcome { Status = RegisterStatus.WrongDigest };
            isRestricted = credential.IsRetired;
            secret = credential.Secret;
        }

        if (RegistrationRules.JudgesByExpiry(command, storage.State)) await OverlayAsync();
        var change = Begin();
        LeaseRules.TakeOver(command, change);
        if (caller.Candidate is { } facts) CandidateRules.See(change, facts, command.Flow.Source);
        var decision = RegistrationRules.Decide(command, change, isRestricted);
        if (decision.Outcome.Status != RegisterStatus.Accepted)
        {
            // A lease that was taken away stays so, whatever becomes of the request that found it.
            if (change.HasChanged) await CommitAsync(change);
            return decision.Outcome;
        }

        if (decision.IsDurable) NotifyRules.Reachable(change);
        if (caller.Candidate is null) await NoteDevice(command, change, isRestricted);
        if (AttentionRules.RegistersAtLast(storage.State, change.Next, change.Now)) change.Touch();
        if (change.HasChanged)
        {
            await CommitAsync(change, keepsLease: true);
        }
        else
        {
            storage.State = change.Next;
            foreach (var binding in decision.Refreshed) contacts.Refresh(ContactRules.Row(binding, Mac));
        }

        return decision.Outcome with { Lease = await LeaseAsync(command, secret) };
    }

    /// <summary>What most REGISTERs change is a binding: its row is written, and neither the state nor the inventory.</summary>
    private async Task WriteBindingsAsync(DeviceChange change, TenantSettings settings)
    {
        // Too early is harmless: the time on disk moves only when it would be too late.
        var due = LifeRules.NextDue(change.Next, settings, change.Now);
        var isEarlier = due < LifeRules.NextDue(storage.State, settings, change.Now);
        try
        {
            await bindings.WriteAsync(this.GetGrainId(), StateName, storage.Etag, change.Effects() with { DueAtUtc = isEarlier ? due : null });
        }
        catch (Exception failure)
        {
            GrainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, failure, "A write failed."));
            throw;
        }

        storage.State = change.Next;
    }

    private async Task<LeaseGrant?> LeaseAsync(RegisterCommand command, string secret)
    {
        if (command.Lease is null || storage.State.Seat is not { } seat) return null;
        var tenant = await tenants.GetAsync(seat.Tenant);
        return LeaseRules.Grant(command, storage.State, secret, tenant.Version, new DeviceContext(Mac, time.GetUtcNow(), options));
    }

    /// <summary>Refreshes that an edge answered by itself are beside the state: whoever judges by bindings reads them first.</summary>
    private async Task OverlayAsync()
    {
        if (LeaseRules.IsOut(storage.State)) storage.State = ContactRules.Overlay(storage.State, await contacts.ReadAsync(Mac, CancellationToken.None));
    }

    private async Task NoteDevice(RegisterCommand command, DeviceChange change, bool isRestricted)
    {
        if (isRestricted)
        {
            // It works with what it no longer has: whatever became of its successor, it must fetch. Taking a registration back is no work.
            if (change.Next.Bindings.Any(b => b.IsRestricted) && change.Next.Intents.All(i => i.Kind != NotifyKind.Resync)) NotifyRules.OrderResync(change);
            return;
        }

        SeatRules.NoteSuccessor(change);
        DeviceOperationRules.NoteRegistered(change, command);
        await LookAtUser(change, force: false);
        await NoteWanted(change);
    }
}
