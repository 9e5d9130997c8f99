using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;
using SipGateway.Trust;

namespace SipGateway.Grains;

/// <summary>One phone: collects the facts, asks a rule, writes, replies, and then sends what the write ordered. The stages are in files of their own.</summary>
[GrainType("device")]
internal sealed partial class DeviceGrain(
    [PersistentState("device", StorageNames.Provider)] IPersistentState<DeviceState> storage,
    IContactStore contacts,
    ITenantCache tenants,
    ISignInRunner runner,
    KeyRing keys,
    ReplayMarks marks,
    DeviceOptions options,
    TimeProvider time,
    ILogger<DeviceGrain> logger) : Grain, IDeviceGrain
{
    private string Mac => this.GetPrimaryKeyString();

    private Phone Phone => storage.State.Phone;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!MacAddress.TryNormalize(Mac, out var mac) || mac != Mac) throw new ArgumentException($"'{Mac}' is not 12 lower-case hex digits.");

        // Refreshes are written beside the state: the newer of the two is true.
        var rows = (await contacts.ReadAsync(Mac, cancellationToken)).ToDictionary(r => r.BindingId);
        if (rows.Count > 0) storage.State.Phone = Phone with { Bindings = [.. Phone.Bindings.Select(b => Overlaid(b, rows))] };
    }

    public async Task<DeviceView?> Get(string tenant) => DeviceRows.View(Phone, await Facts(tenant), tenant);

    public async Task<ImmutableArray<Finding>> Explain(string tenant) => ExplainRules.Findings(Phone, await Facts(tenant), tenant);

    public async Task RunDue() => await Do("", change =>
    {
        DeviceDue.Decide(change);

        // Written in any case: the due time must move on.
        change.Phone = change.Phone with { };
        return true;
    });

    public Task<CommandOutcome> CancelOperation(AdminContext context, string operationId) =>
        Command(context, change => RestartRules.Cancel(change, context, operationId));

    public Task<CommandOutcome> Delete(AdminContext context) =>
        Command(context, change => EnrollmentRules.Delete(change, context, NewOperationId("delete")));

    private static Binding Overlaid(Binding binding, Dictionary<string, ContactRow> rows) =>
        rows.TryGetValue(binding.Id, out var row) && row.Generation == binding.Generation && row.LastSeenAtUtc > binding.LastSeenAtUtc
            ? binding with { ExpiresAtUtc = row.ExpiresAtUtc, LastSeenAtUtc = row.LastSeenAtUtc }
            : binding;

    private string NewOperationId(string kind) => $"{kind}-{Mac}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";

    /// <summary>An admin's command: a repetition gets the answer it got, a stale version is refused, and a rehearsal writes nothing.</summary>
    private async Task<CommandOutcome> Command(AdminContext context, Func<DeviceChange, CommandOutcome> rule)
    {
        var tenant = context.Tenant;
        if (AnsweredCommand.Find(Phone.Answered, context.CommandId) is { } answered) return answered with { Device = await Get(tenant) };
        if (context.ExpectedVersion is { } expected && expected != Phone.Version) return Refusal.Stale(Phone.Version);
        var outcome = context.ValidateOnly
            ? rule(new DeviceChange(Phone, await Facts(tenant)))
            : await Do(tenant, rule);
        return outcome with { Device = await Get(tenant) };
    }

    private async Task<T> Do<T>(string tenant, Func<DeviceChange, T> rule)
    {
        var change = new DeviceChange(Phone, await Facts(tenant));
        var outcome = rule(change);
        if (change.IsWrite) await Commit(change);
        return outcome;
    }

    private async Task Commit(DeviceChange change)
    {
        change.Phone = change.Phone with { Version = change.Before.Version + 1 };
        await storage.CommitAsync(this, new DeviceState { Phone = change.Phone }, change.Effects());
        foreach (var push in change.ToSend) Send(push);
        if (change.ToRun is { } attempt) runner.Ensure(attempt);
    }

    private async Task<DeviceFacts> Facts(string tenant)
    {
        var wanted = Phone.Claims.Select(c => c.Tenant).Append(Phone.Seat?.Tenant ?? "").Append(tenant).Where(t => t.Length > 0).Distinct();
        var known = ImmutableDictionary.CreateBuilder<string, TenantSnapshot>();
        foreach (var name in wanted) known[name] = await tenants.GetAsync(name);
        return new DeviceFacts(Mac, time.GetUtcNow(), keys, options, known.ToImmutable(), RandomNumberGenerator.GetBytes);
    }
}
