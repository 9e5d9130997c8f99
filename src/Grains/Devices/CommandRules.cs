using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>What holds for every admin command alike: repetition, version, whose device it is.</summary>
internal static class CommandRules
{
    /// <summary>The answer that stands before the command is looked at; null: go on.</summary>
    public static CommandOutcome? Before(DeviceState state, AdminContext by)
    {
        if (AnsweredDeviceCommand.Find(state.Answered, by) is { } known) return known;
        return by.ExpectedVersion is { } wanted && wanted != state.Version ? Refusal.Stale(state.Version) : null;
    }

    public static bool Knows(DeviceState state, string tenant) =>
        state.Seat?.Tenant == tenant || state.Claims.Any(c => c.Tenant == tenant);

    public static CommandOutcome Unknown(string mac) => Refusal.Missing(
        "DEVICE_NOT_FOUND", $"This tenant has no phone {mac}. Claim its MAC address first.");

    /// <summary>Null when the tenant holds the phone; otherwise the refusal.</summary>
    public static CommandOutcome? NeedsSeat(DeviceState state, string tenant, string mac)
    {
        if (!Knows(state, tenant)) return Unknown(mac);
        return state.Seat is { IsOffboarded: false } seat && seat.Tenant == tenant
            ? null
            : Refusal.NotNow("NOT_ENROLLED", "This phone is not enrolled yet. Generate a verification code and dial *55* and the code on the phone.");
    }

    /// <summary>
    /// Null when the phone proved its credential: by its network, by coming back with its own address, or by registering with the
    /// secret that was handed out over TLS. Otherwise the refusal.
    /// </summary>
    public static CommandOutcome? NeedsProof(DeviceState state) =>
        state.Seat is { } seat && (seat.Trust >= TrustLevel.Network || state.Bindings.Any(b => b.Credential == CredentialName.OfEpoch(seat.Epoch)))
            ? null
            : Refusal.NotNow(
                "CREDENTIAL_NOT_PROVED",
                "This phone has not come back with its own credential yet, so it may be another one. "
                    + "Wait until it registers, or restart the phone, then try again.");
}
