using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>Who asks for a sign-in: in which tenant's name, and on which phone.</summary>
internal static class SignInAskerRules
{
    /// <summary>The tenant whose sign-in it is, or the refusal.</summary>
    /// <param name="command">Who wants it.</param>
    /// <param name="personal">The tenant that decides on phones nobody claimed.</param>
    /// <param name="isTrusted">The screen was fetched from a trusted range of that tenant.</param>
    /// <param name="change">The decision.</param>
    public static (CommandOutcome? Refused, string Tenant) TenantOf(
        StartSignInCommand command, TenantSnapshot personal, bool isTrusted, DeviceChange change) =>
        command.Admin is { } by ? ByAdmin(by, change) : ByScreen(command, personal, isTrusted, change);

    /// <summary>The phone that asks: the one in the seat, or a candidate as far as it told.</summary>
    public static PhoneIdentity PhoneOf(StartSignInCommand command, DeviceState state)
    {
        if (command.Candidate is not { } facts) return CompatibilityRules.Of(state);
        var known = CompatibilityRules.Of(state.Candidates.FirstOrDefault(c => c.Id == facts.Id));
        return known.Model.Length > 0 ? known : command.Phone ?? known;
    }

    /// <summary>The phone of the attempt that ends.</summary>
    public static PhoneIdentity PhoneOf(StoredAttempt attempt, DeviceState state) => attempt.CandidateId.Length == 0
        ? CompatibilityRules.Of(state)
        : CompatibilityRules.Of(state.Candidates.FirstOrDefault(c => c.Id == attempt.CandidateId));

    /// <summary>
    /// The owner is told once of each that tries: whoever asks again and again fills no timeline. Who was just promoted may still show the page
    /// that it had before.
    /// </summary>
    public static void Conflict(DeviceChange change, string candidateId, string source)
    {
        if (change.Next.Seat is not { IsOffboarded: false } seat || seat.Handout?.CandidateId == candidateId) return;
        var isNew = !seat.Alerts.Contains(SignInRules.InService) || change.Next.Candidates.All(c => c.Id != candidateId);
        change.Alert(SignInRules.InService);
        if (!isNew) return;
        change.Event(seat.Tenant, "signin.conflict", "Somebody tried to sign in on another phone that says it has this MAC address; it was refused.",
            source);
    }

    private static (CommandOutcome? Refused, string Tenant) ByAdmin(AdminContext by, DeviceChange change)
    {
        var refused = CommandRules.Before(change.Next, by) ?? CommandRules.NeedsSeat(change.Next, by.Tenant, change.Context.Mac);
        return (refused ?? CommandRules.NeedsProof(change.Next), by.Tenant);
    }

    private static (CommandOutcome? Refused, string Tenant) ByScreen(
        StartSignInCommand command, TenantSnapshot personal, bool isTrusted, DeviceChange change)
    {
        if (command.Candidate is null)
        {
            return change.Next.Seat is { IsOffboarded: false } seat && SeatRules.IsEqual(command.ScreenTokenRandom, seat.ScreenTokenRandom)
                ? (null, seat.Tenant)
                : (Refusal.Missing("DEVICE_NOT_FOUND", "This screen is no longer good. Restart the phone."), "");
        }

        if (change.Next.Seat is { IsOffboarded: false })
        {
            Conflict(change, command.Candidate.Id, command.Source);
            CandidateRules.See(change, command.Candidate, command.Source);
            return (Refusal.NotNow("IN_USE", "A phone with this address is in service. Ask your administrator."), "");
        }

        var isAllowed = personal.Settings.PersonalSignIn switch
        {
            PersonalSignIn.Any => true,
            PersonalSignIn.Trusted => isTrusted || CandidateRules.HasCertificate(change.Next, command.Candidate.Id),
            _ => false,
        };
        return isAllowed && personal.Exists
            ? (null, personal.Tenant)
            : (Refusal.NotNow("CODE_NEEDED", "Dial *55* and the code from your administrator first."), "");
    }
}
