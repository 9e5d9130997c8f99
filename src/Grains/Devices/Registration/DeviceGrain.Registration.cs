using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

internal sealed partial class DeviceGrain
{
    public async Task<RegisterOutcome> Register(RegisterCommand command)
    {
        var caller = command.Caller;
        var isRestricted = false;
        if (caller.Candidate is null)
        {
            if (FindSecret(caller.Epoch ?? 0) is not { } credential || !DigestRules.Verifies(caller.Digest, credential.Secret))
                return new RegisterOutcome { Status = RegisterStatus.WrongDigest };
            isRestricted = credential.IsRetired;
        }

        var change = Begin();
        if (caller.Candidate is { } facts) CandidateRules.See(change, facts, command.Flow.Source);
        var decision = RegistrationRules.Decide(command, change, isRestricted);
        if (decision.Outcome.Status != RegisterStatus.Accepted) return decision.Outcome;
        if (decision.IsDurable) NotifyRules.Reachable(change);
        if (caller.Candidate is null) await NoteDevice(command, change, isRestricted);
        if (change.HasChanged)
        {
            await CommitAsync(change);
        }
        else
        {
            storage.State = change.Next;
            foreach (var binding in decision.Refreshed) contacts.Refresh(ContactRules.Row(binding, Mac));
        }

        return decision.Outcome;
    }

    private async Task NoteDevice(RegisterCommand command, DeviceChange change, bool isRestricted)
    {
        if (isRestricted)
        {
            // It works with what it no longer has: whatever became of its successor, it must fetch.
            if (change.Next.Intents.All(i => i.Kind != NotifyKind.Resync)) NotifyRules.OrderResync(change);
            return;
        }

        SeatRules.NoteSuccessor(change);
        DeviceOperationRules.NoteRegistered(change, command);
        await LookAtUser(change, force: false);
        PolicyRules.NoteWanted(change, (await ConfigAsync(change.Next)).Hash);
    }
}
