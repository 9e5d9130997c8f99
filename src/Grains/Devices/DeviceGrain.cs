using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;
using SipGateway.Trust;

namespace SipGateway.Grains.Devices;

/// <summary>One phone. Each stage's part stands in its folder: it asks a rule, writes, replies; what is pushed leaves after the
/// write and is not waited for.</summary>
[GrainType("device")]
internal sealed partial class DeviceGrain(
    [PersistentState(DeviceGrain.StateName, StorageNames.Provider)] IPersistentState<DeviceState> storage,
    KeyRing ring,
    ITenantCache tenants,
    IBindingStore bindings,
    IContactStore contacts,
    ISignInRunner signIns,
    IInventoryReader inventory,
    TimeProvider time,
    ILogger<DeviceGrain> logger,
    DeviceOptions? options = null) : Grain, IDeviceGrain
{
    private const string StateName = "device";

    private readonly DeviceOptions options = options ?? new DeviceOptions();

    private HourlyNews hourly;

    private string Mac => this.GetPrimaryKeyString();

    private string SecretPlace => $"device/{Mac}/sip";

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (!storage.RecordExists) return;
        storage.State = ContactRules.Join(storage.State, await bindings.ReadAsync<StoredBinding>(Mac, cancellationToken));
    }

    public async Task<DeviceView?> Get(string tenant)
    {
        await OverlayAsync();
        return View(tenant);
    }

    public async Task<ImmutableArray<Finding>> Explain(string tenant)
    {
        await OverlayAsync();
        var findings = ExplainRules.Explain(storage.State, Mac, tenant, time.GetUtcNow());
        if (View(tenant) is not { } view) return findings;
        var gate = (await tenants.GetAsync(tenant)).Settings.CompatibilityGate;
        return CompatibilityRules.Finding(gate, view, options.Compatibility) is { } wanting ? findings.Insert(1, wanting) : findings;
    }

    public async Task<CommandOutcome> Delete(AdminContext context)
    {
        var isHeld = storage.State.Seat?.Tenant == context.Tenant;
        var outcome = await Do(context, change => LifeRules.Delete(context, change));
        if (outcome.Status != CommandStatus.Done || context.ValidateOnly) return outcome;
        if (isHeld) await Files.Clear();
        if (Line == 1) await DeleteLines(context);
        else await TellDevice(context, outcome);
        return outcome;
    }

    public Task<CommandOutcome> CancelOperation(AdminContext context, string operationId) =>
        Do(context, change => DeviceOperationRules.Cancel(context, operationId, change));

    public async Task RunDue()
    {
        // Refreshes answered elsewhere count: nobody is let go who was heard of.
        storage.State = ContactRules.Overlay(storage.State, await contacts.ReadAsync(Mac, CancellationToken.None));
        var change = Begin();
        LifeRules.RunDue(change, await SettingsAsync(change.Next), Fresh());
        await CommitAsync(change);
    }

    private DeviceChange Begin() => new(storage.State, new DeviceContext(Mac, time.GetUtcNow(), options));

    private async Task<DeviceChange> BeginAsync()
    {
        await OverlayAsync();
        return Begin();
    }

    /// <summary>An admin's command: decided, written unless only asked about, answered with the device as it is then.</summary>
    private async Task<CommandOutcome> Do(AdminContext context, Func<DeviceChange, CommandOutcome> decide)
    {
        var change = await BeginAsync();
        var outcome = decide(change);
        if (outcome.Status == CommandStatus.Done && !context.ValidateOnly && change.HasChanged) await CommitAsync(change);
        return outcome with { Device = View(context.Tenant) };
    }

    private DeviceView? View(string tenant)
    {
        var now = time.GetUtcNow();
        return ViewRules.View(storage.State, Mac, tenant, now) is { } view
            ? CompatibilityRules.Judged(view, options.Compatibility) with { Attention = AttentionRules.Of(storage.State, tenant, now, options) }
            : null;
    }

    private async Task CommitAsync(DeviceChange change, bool keepsLease = false)
    {
        // A lease says that nothing changed: whatever is written ends it, unless the REGISTER that it is granted with writes.
        if (!keepsLease && LeaseRules.IsOut(change.Next)) change.Revoke();
        var settings = await SettingsAsync(change.Next);
        var orders = NotifyRules.TakeDue(change);
        var attempt = SignInRules.TakeDue(change);
        if (change.IsStateChanged) await WriteStateAsync(change, settings);
        else await WriteBindingsAsync(change, settings);
        foreach (var order in orders) Push(order, change.Now);
        if (attempt is not null) signIns.Ensure(attempt);
    }

    private Task WriteStateAsync(DeviceChange change, TenantSettings settings)
    {
        var next = change.Next;
        next.Version++;
        next.CreatedAtUtc ??= change.Now;
        var effects = change.Effects() with
        {
            Devices = ViewRules.Rows(next, change.Context),
            DueAtUtc = LifeRules.NextDue(next, settings, change.Now),
        };
        return storage.CommitAsync(this, next, effects);
    }

    private async ValueTask<TenantSettings> SettingsAsync(DeviceState state) =>
        state.Seat is { } seat ? (await tenants.GetAsync(seat.Tenant)).Settings : new TenantSettings();

    private FreshCredential Fresh() => new(() => (
        SecretBox.Lock(ring, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), SecretPlace),
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))));

    /// <summary>The SIP secret of an epoch, and whether it is retired; null when this device has no such credential any more.</summary>
    private (string Secret, bool IsRetired)? FindSecret(uint epoch)
    {
        var seat = storage.State.Seat;
        if (seat?.Epoch == epoch)
            return SecretBox.Unlock(ring, seat.LockedSipSecret, SecretPlace) is { } secret ? (secret, seat.IsOffboarded) : null;
        var now = time.GetUtcNow();
        var retired = storage.State.Retired.FirstOrDefault(r => r.Epoch == epoch && r.UntilUtc > now);
        return retired is not null && SecretBox.Unlock(ring, retired.LockedSipSecret, SecretPlace) is { } old ? (old, true) : null;
    }
}
