using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>
/// One bulk operation. Each due call begins a slice of items and looks after those that run on; the results are written after the slice, so
/// a crash repeats a
/// slice, under the same command ids.
/// </summary>
[GrainType("operation")]
internal sealed partial class OperationGrain(
    [PersistentState("operation", StorageNames.Provider)] IPersistentState<OperationState> storage,
    IInventoryReader inventory,
    TimeProvider time,
    ILogger<OperationGrain> logger) : Grain, IOperationGrain
{
    private string Id => this.GetPrimaryKeyString();

    public Task<CommandOutcome> Start(StartBulkCommand command) => Do(OperationRules.Start(command, storage.State, Id, time.GetUtcNow()));

    public Task<CommandOutcome> Cancel(AdminContext context) => Do(OperationRules.Cancel(context, storage.State, Id, time.GetUtcNow()));

    public async Task RunDue()
    {
        if (storage.State.CommandId.Length == 0 || storage.State.Status != OperationStatus.Running)
        {
            await storage.CommitAsync(this, storage.State.Copy(), new StateEffects { DueAtUtc = Due.Never });
            return;
        }

        var items = storage.State.Items.ToBuilder();
        await LookAfterRunning(items);
        var begun = await BeginNext(items);
        var next = storage.State.Copy();
        next.Items = items.ToImmutable();
        var now = time.GetUtcNow();
        await Do(OperationRules.Settle(next, Id, begun > 0 ? now : now + OperationLimits.RunningPoll, now, CommandOutcome.Done));
    }

    private async Task LookAfterRunning(ImmutableArray<StoredItem>.Builder items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Status != ItemStatus.Running) continue;
            items[i] = OperationRules.After(items[i], await inventory.FindOperationAsync(storage.State.Tenant, items[i].OperationId, CancellationToken.None));
        }
    }

    private async Task<int> BeginNext(ImmutableArray<StoredItem>.Builder items)
    {
        var next = OperationRules.NextItems(storage.State);
        var startedAt = time.GetTimestamp();
        var begun = 0;
        foreach (var wave in next.Chunk(OperationLimits.MaxConcurrentDevices))
        {
            if (time.GetElapsedTime(startedAt) > OperationLimits.MaxSliceTime) break;
            var outcomes = await Task.WhenAll(wave.Select(i => TryAsk(storage.State.Items[i], i)));
            for (var i = 0; i < wave.Length; i++)
            {
                var item = items[wave[i]];
                items[wave[i]] = outcomes[i] is { } outcome ? OperationRules.After(item, outcome) : OperationRules.AfterMiss(item);
                begun += outcomes[i] is null ? 0 : 1;
            }
        }

        return begun;
    }

    private async Task<CommandOutcome?> TryAsk(StoredItem item, int index)
    {
        try
        {
            return await Ask(item, index);
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            LogDeviceAway(failure, Id);
            return null;
        }
    }

    private async Task<CommandOutcome> Ask(StoredItem item, int index)
    {
        var device = GrainFactory.GetGrain<IDeviceGrain>(item.Mac);
        var context = new AdminContext { Tenant = storage.State.Tenant, Actor = storage.State.Actor, CommandId = $"{Id}/{index}" };
        return storage.State.Kind switch
        {
            BulkKind.Import => await device.Claim(new ClaimCommand { Context = context, Location = item.Detail }),
            BulkKind.GenerateCodes => (await device.GenerateCode(context)).Outcome,
            BulkKind.Restart => await device.Restart(context),
            BulkKind.SignOut => await device.SignOut(new SignOutCommand { Admin = context }),
            BulkKind.Resync => await device.Resync(context),
            BulkKind.Delete => await device.Delete(context),
            _ => Refusal.Invalid("KIND_UNKNOWN", "This gateway does not know that kind of operation."),
        };
    }

    private async Task<CommandOutcome> Do(OperationDecision decision)
    {
        if (decision.Next is { } next) await storage.CommitAsync(this, next, decision.Effects);
        return decision.Outcome;
    }

    [LoggerMessage(EventId = 3301, Level = LogLevel.Warning, Message = "A device could not be reached for operation {Operation}; the item is tried again.")]
    private partial void LogDeviceAway(Exception failure, string operation);
}
