using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>Where the phone is stuck, stage by stage.</summary>
internal static class ExplainRules
{
    // Nothing else of a phone is shown to whoever only claims it, and not who else does.
    private static readonly Finding Shown = Of(
        "Onboarding", "WAITING", "A phone showed the factory certificate of this MAC address (CERTIFICATE). It needs a code where more than one claims it.",
        "Restart the phone; if it does not enrol by itself, dial *55* and the code on it.");

    public static ImmutableArray<Finding> Explain(DeviceState state, string mac, string tenant, DateTimeOffset now)
    {
        if (ViewRules.View(state, mac, tenant, now) is not { } view) return [];
        var claim = state.Claims.FirstOrDefault(c => c.Tenant == tenant);
        if (state.Seat is not { } seat || seat.Tenant != tenant)
            return CertificateRules.IsKnown(state, now) ? [Shown, Enrollment(claim, now)] : [Enrollment(claim, now)];
        return
        [
            Onboarding(seat, state),
            state.IsWaitingForCode ? Enrollment(claim, now) : Of("Enrollment", "OK", "The phone is enrolled."),
            SignIn(seat, state),
            Registration(view, state, now),
            Policy(seat, state.ConfigOwedSinceUtc, now),
            Restart(state),
        ];
    }

    private static Finding Onboarding(DeviceSeat seat, DeviceState state)
    {
        if (seat.IsOffboarded)
            return Of("Onboarding", "PROBLEM", "The phone was let go because it was not heard of for long.", "Power it on; it comes back by itself.");
        if (seat.Alerts.Length > 0) return Of("Onboarding", "PROBLEM", seat.Alerts[^1], "Check the phone, then enrol it with a new code or delete it.");
        if (seat is { Trust: TrustLevel.Certificate, Handout: not null })
            return Of("Onboarding", "OK", $"The phone ({state.Vendor} {state.Model}) showed its factory certificate.");
        return seat.Trust >= TrustLevel.Token
            ? Of("Onboarding", "OK", $"The phone ({state.Vendor} {state.Model}) came back with its own address over TLS. {Origin(state.Origin)}")
            : Of("Onboarding", "WAITING", "The phone has not come back with its own address yet.", "Wait a minute, or restart the phone.");
    }

    private static string Origin(PhoneOrigin origin) => origin switch
    {
        PhoneOrigin.Dhcp => "It came by DHCP option 66 of its network.",
        PhoneOrigin.Redirect => "It came by the vendor's redirect service.",
        PhoneOrigin.PlugAndPlay => "It came by plug and play.",
        _ => "It was configured by hand, or came before this was noted.",
    };

    private static Finding Enrollment(DeviceClaim? claim, DateTimeOffset now) => claim?.Code switch
    {
        null => Of("Enrollment", "WAITING", "The MAC address is claimed; there is no code.",
            "Generate a verification code and dial *55* and the code on the phone."),
        { RedeemedAtUtc: not null } => Of("Enrollment", "WAITING", "The last code was used up.", "Generate a new code and dial it on the phone."),
        { } code when code.ExpiresAtUtc <= now => Of("Enrollment", "PROBLEM", "The code has expired.", "Generate a new one and dial it."),
        { WrongCodes: >= 20 } => Of("Enrollment", "PROBLEM", "The code is locked: too many wrong ones were dialled.", "Generate a new one."),
        { } code => Of("Enrollment", "WAITING", $"The code waits to be dialled until {code.ExpiresAtUtc:u}.", "Dial *55* and the code on the phone."),
    };

    private static Finding SignIn(DeviceSeat seat, DeviceState state) => (seat.User, state.Attempt) switch
    {
        ({ } user, _) => Of("SignIn", "OK", $"{user.DisplayName} is signed in."),
        (_, { Progress: SignInProgress.Failed } failed) => Of("SignIn", "PROBLEM", failed.Message, "Start the sign-in again."),
        (_, { IsUnderWay: true }) => Of("SignIn", "WAITING", "The pairing code waits to be used.", "Open the shown address in a browser and type the code."),
        _ => Of("SignIn", "WAITING", "Nobody is signed in.", "Press Sign-in on the phone, start a sign-in here, or assign a user."),
    };

    private static Finding Registration(DeviceView view, DeviceState state, DateTimeOffset now)
    {
        if (view.Bindings.Any(b => !b.Restricted && state.Bindings.Any(s => s.Uri == b.ContactUri && !CredentialName.IsCandidate(s.Credential))))
            return Of("Registration", "OK", $"The phone is registered until {view.Bindings.Max(b => b.ExpiresAtUtc):u}.");
        return view.Bindings.IsEmpty
            ? Of("Registration", "PROBLEM", "The phone is not registered.", "Check its power and network, and that it reaches the gateway's SIP port.")
            : Of("Registration", "WAITING", "The phone is registered with an earlier account.",
                "It was told to fetch its configuration; restart it if this lasts.");
    }

    private static Finding Policy(DeviceSeat seat, DateTimeOffset? owedSince, DateTimeOffset now) =>
        seat.AppliedConfigHash.Length > 0 && seat.AppliedConfigHash == seat.WantedConfigHash
        ? Of("Policy", "OK", $"The phone fetched its present configuration at {seat.AppliedAtUtc:u}.")
        : owedSince + AttentionRules.ConfigLimit <= now
        ? Of("Policy", "PROBLEM", $"The phone has not fetched its configuration, which it should have since {owedSince:u}.",
            "Check that it is online, then resync or restart it.")
        : Of("Policy", "WAITING", "The phone has not fetched its present configuration.", "It is told at its next registration; resync tells it now.");

    private static Finding Restart(DeviceState state) => state switch
    {
        { Operations: [var running, ..] } => Of("Restart", "WAITING", $"{running.Kind} is under way until {running.DeadlineUtc:u}."),
        { Failed: { } failed } => Of(
            "Restart", "PROBLEM", $"The last {failed.Kind} did not succeed, at {failed.AtUtc:u}, and the phone has fetched nothing since.",
            "Check that it is online, then try again."),
        _ => Of("Restart", "OK", "Nothing is under way."),
    };

    private static Finding Of(string stage, string status, string message, string next = "") =>
        new() { Stage = stage, Status = status, Message = message, NextStep = next };
}
