using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Grains.Devices;

internal sealed partial class DeviceGrain
{
    /// <summary>How often a refresh looks at the user's profile: well within the hour in which a change must reach the phone.</summary>
    private static readonly TimeSpan UserMaxAge = TimeSpan.FromMinutes(20);

    private DateTimeOffset userSeenAtUtc;

    /// <summary>What the wanted configuration was last made of: while all of it is the same, so is the configuration.</summary>
    private ConfigParts wantedOf;

    /// <summary>
    /// The configuration as it was last put together, and of what. A phone fetches several files in a row; between two boots nobody needs the memory, nor the
    /// password in clear.
    /// </summary>
    private readonly WeakReference<PhoneConfig?> lastConfig = new(null);

    private ConfigParts lastConfigOf;

    public Task<CommandOutcome> Resync(AdminContext context) => Do(context, change => DeviceOperationRules.Decide(context, DeviceOperationKind.Resync,
        change));

    /// <summary>The configuration that this phone should have by now.</summary>
    private async Task NoteWanted(DeviceChange change)
    {
        if (change.Next.Seat is not { } seat) return;
        var parts = await PartsAsync(seat, change.Next);
        PolicyRules.NoteWanted(change, wantedOf == parts ? seat.WantedConfigHash : (await ConfigAsync(change.Next)).Hash);
        wantedOf = parts with { Seat = change.Next.Seat };
    }

    private async Task<PhoneConfig> ConfigAsync(DeviceState state)
    {
        var seat = state.Seat ?? throw new InvalidOperationException("Only a phone in the seat has a configuration of its own.");
        var parts = await PartsAsync(seat, state);
        if (lastConfig.TryGetTarget(out var last) && parts == lastConfigOf) return last;
        var config = new PhoneConfig
        {
            SipUser = SipUserOf(seat.Epoch),
            SipPassword = SecretBox.Unlock(ring, seat.LockedSipSecret, SecretPlace)
                ?? throw new InvalidOperationException("This phone's password cannot be read: its key is not in the ring. Restore the ring."),
            ConfigTokenRandom = seat.ConfigTokenRandom,
            ScreenTokenRandom = seat.ScreenTokenRandom,
            IsSignedIn = seat.User is not null,
            DisplayName = seat.User?.DisplayName ?? "",
            PhoneNumber = seat.User?.PhoneNumber ?? "",
            Policy = await PolicyAsync(state, seat.Tenant, seat.User?.PolicyId ?? ""),
            Hash = "",
        };
        config = config with { Hash = PolicyRules.Hash(config) };
        lastConfigOf = parts;
        lastConfig.SetTarget(config);
        return config;
    }

    private async ValueTask<ConfigParts> PartsAsync(DeviceSeat seat, DeviceState state) =>
        new(seat, state.Claims, state.DevicePolicies, state.Vendor, state.Model, (await tenants.GetAsync(seat.Tenant)).Version);

    // Compared as they stand: whoever changes one puts another in its place.
    private readonly record struct ConfigParts(
        DeviceSeat? Seat, ImmutableArray<DeviceClaim> Claims, object? Policies, string Vendor, string Model, long TenantVersion);

    public async Task<ImmutableArray<EffectiveValue>?> GetEffectiveValues(string tenant)
    {
        var state = storage.State;
        if (!CommandRules.Knows(state, tenant)) return null;
        var layers = await LayersAsync(state, tenant, state.Seat?.Tenant == tenant ? state.Seat.User?.PolicyId ?? "" : "");
        return PolicyLayers.Explain(layers, (await tenants.GetAsync(tenant)).Settings.Region);
    }

    private async Task<EffectivePolicy> PolicyAsync(DeviceState state, string tenant, string userPolicy) =>
        PolicyRules.Effective((await LayersAsync(state, tenant, userPolicy)).Select(layer => layer.Policy)) with
        {
            Region = (await tenants.GetAsync(tenant)).Settings.Region,
        };

    // A claim alone knows nothing of the phone: its model is the holder's to know.
    private async Task<ImmutableArray<PolicyLayer>> LayersAsync(DeviceState state, string tenant, string userPolicy)
    {
        var (vendor, model) = state.Seat?.Tenant == tenant ? (state.Vendor, state.Model) : ("", "");
        var site = state.Claims.FirstOrDefault(c => c.Tenant == tenant)?.Site ?? "";
        var own = state.DevicePolicies?.GetValueOrDefault(tenant) ?? "";
        return PolicyLayers.Of(await tenants.GetAsync(tenant), new PolicySubject(vendor, model, site, userPolicy, own), options);
    }

    private IUserGrain User(string tenant, string userId) =>
        GrainFactory.GetGrain<IUserGrain>($"{tenant}/{userId.ToLowerInvariant()}");

    /// <summary>The signed-in user as the profile says now: a new name, number or policy is part of the configuration.</summary>
    private async Task LookAtUser(DeviceChange change, bool force)
    {
        if (change.Next.Seat is not { User: { } user } seat || (!force && change.Now - userSeenAtUtc < UserMaxAge)) return;
        userSeenAtUtc = change.Now;
        if (await User(seat.Tenant, user.UserId).Get() is not { } profile || SeatUserOf(profile) == user) return;
        change.Next.Seat = seat with { User = SeatUserOf(profile) };
        change.Touch();
    }

    private static SeatUser SeatUserOf(UserProfile profile) => new()
    {
        UserId = profile.UserId, DisplayName = profile.DisplayName, PhoneNumber = profile.PhoneNumber, PolicyId = profile.PolicyId,
    };
}
