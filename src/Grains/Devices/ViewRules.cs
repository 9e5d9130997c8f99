using System.Collections.Immutable;
using System.Text.Json;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains.Devices;

/// <summary>What each tenant sees of a device. A claim alone shows nothing of the phone.</summary>
internal static class ViewRules
{
    public static ImmutableArray<DeviceRow> Rows(DeviceState state, DeviceContext context) => [.. Tenants(state).Select(t =>
        Row(View(state, context.Mac, t, DateTimeOffset.MinValue)!, state, AttentionRules.Of(state, t, context.Now, context.Options)))];

    public static DeviceView? View(DeviceState state, string mac, string tenant, DateTimeOffset now)
    {
        var claim = state.Claims.FirstOrDefault(c => c.Tenant == tenant);
        var seat = state.Seat?.Tenant == tenant ? state.Seat : null;
        if (claim is null && seat is null) return null;
        var view = new DeviceView
        {
            Mac = mac,
            Tenant = tenant,
            State = LifeState(seat, state.IsWaitingForCode),
            Trust = seat?.Trust ?? TrustLevel.Claimed,
            Location = claim?.Location ?? "",
            Site = claim?.Site ?? "",
            Tags = claim?.Tags ?? [],
            CreatedAtUtc = claim?.CreatedAtUtc ?? seat!.SinceUtc,
            Version = state.Version,
            Policy = state.DevicePolicies?.GetValueOrDefault(tenant) ?? "",
            CodeExpiresAtUtc = claim?.Code is { RedeemedAtUtc: null } code && code.ExpiresAtUtc > now ? code.ExpiresAtUtc : null,
        };
        return seat is null ? view : view with
        {
            Vendor = state.Vendor,
            Model = state.Model,
            Firmware = state.Firmware,
            UserId = seat.User?.UserId ?? "",
            DisplayName = seat.User?.DisplayName ?? "",
            PhoneNumber = seat.User?.PhoneNumber ?? "",
            LastSeenAtUtc = state.LastSeenAtUtc,
            ConfigHash = seat.WantedConfigHash,
            AppliedConfigHash = seat.AppliedConfigHash,
            AppliedAtUtc = seat.AppliedAtUtc,
            Alerts = seat.Alerts,
            Bindings = [.. Own(state).Where(b => b.ExpiresAtUtc > now).Select(Binding)],
        };
    }

    private static DeviceLifeState LifeState(DeviceSeat? seat, bool isWaitingForCode) => seat switch
    {
        null => DeviceLifeState.WaitingOnActivation,
        { IsOffboarded: true } => DeviceLifeState.Offboarded,
        { User: null } when isWaitingForCode => DeviceLifeState.WaitingOnActivation,
        { User: null } => DeviceLifeState.WaitingForSignIn,
        _ => DeviceLifeState.SignedIn,
    };

    // Of the phone in the seat; candidates may be anybody.
    private static IEnumerable<DeviceBinding> Own(DeviceState state) => state.Bindings.Where(b =>
        !CredentialName.IsCandidate(b.Credential) || b.Credential == CredentialName.OfCandidate(state.Seat?.Handout?.CandidateId ?? ""));

    private static IEnumerable<string> Tenants(DeviceState state) =>
        state.Claims.Select(c => c.Tenant).Concat(state.Seat is { } seat ? [seat.Tenant] : []).Distinct(StringComparer.Ordinal);

    private static DeviceRow Row(DeviceView view, DeviceState state, ImmutableArray<AttentionReason> attention)
    {
        var isHeld = state.Seat?.Tenant == view.Tenant;
        return new DeviceRow
        {
            Tenant = view.Tenant,
            Mac = view.Mac,
            State = Name(view.State.ToString()),
            TrustLevel = Name(view.Trust.ToString()),
            Location = view.Location,
            Vendor = view.Vendor,
            Model = view.Model,
            Firmware = view.Firmware,
            UserId = view.UserId,
            Site = view.Site,
            CreatedAtUtc = view.CreatedAtUtc,
            Version = state.Version,
            LastSeenAtUtc = view.LastSeenAtUtc,
            Source = isHeld ? state.LastSource : "",
            Attention = AttentionRules.Words(attention),
            Tags = string.Join(DeviceRow.TagMark, view.Tags),
        };
    }

    private static string Name(string word) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(word);

    private static BindingView Binding(DeviceBinding b) => new()
    {
        ContactUri = b.Uri,
        EdgeId = b.EdgeId,
        Transport = b.Transport,
        Source = b.Source,
        ExpiresAtUtc = b.ExpiresAtUtc,
        LastSeenAtUtc = b.LastSeenAtUtc,
        UserAgent = b.UserAgent,
        Restricted = b.IsRestricted,
    };
}
