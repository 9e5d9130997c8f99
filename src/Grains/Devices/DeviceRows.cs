using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>How a device looks in lists and to its admins.</summary>
internal static class DeviceRows
{
    public static ImmutableArray<DeviceRow> Of(Phone phone, string mac) => [.. phone.Claims.Select(c => Row(phone, c, mac))];

    public static ContactRow Contact(Binding binding, string mac) => new()
    {
        Mac = mac,
        BindingId = binding.Id,
        Generation = binding.Generation,
        ExpiresAtUtc = binding.ExpiresAtUtc,
        LastSeenAtUtc = binding.LastSeenAtUtc,
        Source = binding.Flow.Source,
    };

    /// <summary>Where the device stands for one tenant.</summary>
    public static DeviceLifeState StateFor(Phone phone, string tenant) => phone.Seat is not { } seat || seat.Tenant != tenant
        ? DeviceLifeState.WaitingOnActivation
        : seat.OffboardedAtUtc is not null ? DeviceLifeState.Offboarded
        : seat.User is null ? DeviceLifeState.WaitingForSignIn
        : DeviceLifeState.SignedIn;

    /// <summary>The name in API and lists.</summary>
    public static string NameOf(DeviceLifeState state) => state switch
    {
        DeviceLifeState.Onboarded => "ONBOARDED",
        DeviceLifeState.WaitingOnActivation => "WAITING_ON_ACTIVATION",
        DeviceLifeState.WaitingForSignIn => "WAITING_FOR_SIGN_IN",
        DeviceLifeState.SignedIn => "SIGNED_IN",
        DeviceLifeState.Offboarded => "OFFBOARDED",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without a name."),
    };

    /// <summary>The whole of it for one tenant; null when the tenant does not know the device.</summary>
    public static DeviceView? View(Phone phone, DeviceFacts facts, string tenant)
    {
        if (phone.Claims.FirstOrDefault(c => c.Tenant == tenant) is not { } claim) return null;
        var view = new DeviceView
        {
            Mac = facts.Mac,
            Tenant = tenant,
            State = StateFor(phone, tenant),
            Trust = TrustLevel.Claimed,
            Location = claim.Location,
            Site = claim.Site,
            CreatedAtUtc = claim.CreatedAtUtc,
            Version = phone.Version,
            CodeExpiresAtUtc = EnrollmentRules.IsWaiting(claim, facts) ? claim.CodeExpiresAtUtc : null,
            Alerts = [.. phone.Alerts.Where(a => a.Tenant == tenant).Select(a => a.Message)],
        };

        // A claim shows nothing of the device until its code is redeemed.
        return phone.Seat is { } seat && seat.Tenant == tenant ? WithSeat(view, phone, seat, facts) : view;
    }

    private static DeviceView WithSeat(DeviceView view, Phone phone, Seat seat, DeviceFacts facts) => view with
    {
        Trust = phone.Trust,
        Vendor = phone.Vendor,
        Model = phone.Model,
        Firmware = phone.Firmware,
        LastSeenAtUtc = phone.LastSeenAtUtc,
        UserId = seat.User?.UserId ?? "",
        DisplayName = seat.User?.DisplayName ?? "",
        PhoneNumber = seat.User?.PhoneNumber ?? "",
        ConfigHash = PolicyRules.ConfigOf(phone, facts)?.Hash ?? "",
        AppliedConfigHash = seat.AppliedConfigHash,
        AppliedAtUtc = seat.AppliedAtUtc,
        Bindings = [.. phone.Bindings.Where(b => b.ExpiresAtUtc > facts.Now).Select(View)],
    };

    private static BindingView View(Binding binding) => new()
    {
        ContactUri = binding.Uri,
        EdgeId = binding.Flow.EdgeId,
        Transport = binding.Flow.Transport,
        Source = binding.Flow.Source,
        ExpiresAtUtc = binding.ExpiresAtUtc,
        LastSeenAtUtc = binding.LastSeenAtUtc,
        UserAgent = binding.UserAgent,
        Restricted = binding.IsRestricted || binding.Credential[0] == 'c',
    };

    private static DeviceRow Row(Phone phone, Claim claim, string mac)
    {
        var row = new DeviceRow
        {
            Tenant = claim.Tenant,
            Mac = mac,
            State = NameOf(StateFor(phone, claim.Tenant)),
            TrustLevel = "CLAIMED",
            Location = claim.Location,
            Site = claim.Site,
            CreatedAtUtc = claim.CreatedAtUtc,
            Version = phone.Version,
        };
        if (phone.Seat is not { } seat || seat.Tenant != claim.Tenant) return row;
        return row with
        {
            TrustLevel = phone.Trust.ToString().ToUpperInvariant(),
            Vendor = phone.Vendor,
            Model = phone.Model,
            Firmware = phone.Firmware,
            UserId = seat.User?.UserId ?? "",
            BindingExpiresAtUtc = phone.Bindings.Where(b => !b.IsRestricted).Select(b => (DateTimeOffset?)b.ExpiresAtUtc).Max(),
            LastSeenAtUtc = phone.LastSeenAtUtc,
            Source = phone.Bindings.OrderByDescending(b => b.LastSeenAtUtc).FirstOrDefault()?.Flow.Source ?? seat.ServedAddress,
        };
    }
}
