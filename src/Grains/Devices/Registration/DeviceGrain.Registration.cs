using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

internal sealed partial class DeviceGrain
{
    public async Task<RegisterOutcome> Register(RegisterCommand command)
    {
        var change = new DeviceChange(Phone, await Facts(""));
        var outcome = RegistrationRules.Decide(change, command, marks, out var refreshed);
        if (!refreshed.IsEmpty) Refresh(change, refreshed);
        if (change.IsWrite) await Commit(change);
        return refreshed.IsEmpty ? outcome : Listed(outcome, refreshed, change);
    }

    // In memory at once, on disk within a second: the binding itself is there already.
    private void Refresh(DeviceChange change, ImmutableArray<Binding> refreshed)
    {
        var isWrite = change.IsWrite;
        var byId = refreshed.ToDictionary(b => b.Id);
        change.Phone = change.Phone with { Bindings = [.. change.Phone.Bindings.Select(b => byId.GetValueOrDefault(b.Id, b))] };
        if (isWrite) return;
        storage.State.Phone = change.Phone;
        foreach (var binding in refreshed) contacts.Refresh(DeviceRows.Contact(binding, Mac));
        change.Settle();
    }

    private static RegisterOutcome Listed(RegisterOutcome outcome, ImmutableArray<Binding> refreshed, DeviceChange change)
    {
        if (outcome.Status != RegisterStatus.Accepted) return outcome;
        var credential = refreshed[0].Credential;
        return outcome with { Bindings = RegistrationRules.Listed(change.Phone, credential, change.Now) };
    }
}
