using Microsoft.Extensions.Logging;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>A deleted user's phones are signed out.</summary>
internal sealed partial class UserGrain
{
    private Task? signingOut;

    public async Task RunDue()
    {
        if (storage.State.SignOutCommandId.Length == 0)
        {
            await storage.CommitAsync(this, storage.State.Copy(), new StateEffects { DueAtUtc = Due.Never });
            return;
        }

        await storage.CommitAsync(this, storage.State.Copy(), new StateEffects { DueAtUtc = time.GetUtcNow() + UserLimits.SignOutRetry });
        StartSigningOut();
    }

    // Not awaited within a turn: a phone's grain may be calling this one at the same moment, and the two would wait for each other.
    private void StartSigningOut()
    {
        if (storage.State.SignOutCommandId.Length > 0 && signingOut is not { IsCompleted: false }) signingOut = SignOutPhones();
    }

    private async Task SignOutPhones()
    {
        try
        {
            var commandId = storage.State.SignOutCommandId;
            foreach (var device in await inventory.FindDevicesOfUserAsync(Key.Tenant, storage.State.UserId, CancellationToken.None))
            {
                await GrainFactory.GetGrain<IDeviceGrain>(device.Mac).SignOut(new SignOutCommand
                {
                    Admin = new AdminContext { Tenant = Key.Tenant, Actor = storage.State.SignOutActor, CommandId = $"{commandId}/{device.Mac}" },
                });
            }

            var isDone = (await inventory.FindDevicesOfUserAsync(Key.Tenant, storage.State.UserId, CancellationToken.None)).Count == 0;
            if (isDone) await GrainFactory.GetGrain<IUserGrain>(this.GetPrimaryKeyString()).NoteSignedOut(commandId);
        }
        catch (Exception failure)
        {
            // Stored as due: tried again in a minute.
            LogSignOutFailed(failure, Key.Tenant);
        }
    }

    /// <summary>In a turn of its own, because a write must not run beside another command's.</summary>
    public async Task NoteSignedOut(string commandId)
    {
        if (storage.State.SignOutCommandId != commandId) return;
        var next = storage.State.Copy();
        next.SignOutCommandId = "";
        next.SignOutActor = "";
        await storage.CommitAsync(this, next, new StateEffects { DueAtUtc = Due.Never });
    }

    [LoggerMessage(EventId = 3102, Level = LogLevel.Warning,
        Message = "Not all phones of a deleted user of tenant {Tenant} could be signed out; the gateway tries again in a minute.")]
    private partial void LogSignOutFailed(Exception failure, string tenant);
}
