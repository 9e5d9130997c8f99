using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Grains.Devices;

/// <summary>How a dialled code stands to the claims of this MAC.</summary>
/// <param name="Claim">The claim whose code it is; null: nobody's.</param>
/// <param name="Trusting">Claiming tenants in whose trusted ranges the source lies: wrong codes there are of that tenant's own people, and say
/// nothing about the codes of another that claims the same MAC.</param>
internal sealed record CodeMatch(DeviceClaim? Claim, IReadOnlySet<string> Trusting)
{
    /// <summary>What the tenant whose code it is wants of models and firmware.</summary>
    public CompatibilityGate Gate { get; init; }

    public TrustLevel Proves => Claim is not null && Trusting.Contains(Claim.Tenant) ? TrustLevel.Network : TrustLevel.Claimed;
}

/// <summary><c>*55*CODE</c>: which candidate gets the seat, and for whom.</summary>
internal static class EnrollmentRules
{
    public const string WrongCode = "Wrong code";
    public const string CodeExpired = "Code expired";
    public const string CodeLocked = "Code locked";
    public const string CodeUsed = "Code was used";
    public const string TryLater = "Try later";
    public const string PausedKind = "enrollment.try_later";
    public const string TooManyWrong = "Too many wrong codes";
    public const string InUse = "Phone is in use";
    public const string NotInService = "Restart the phone first";

    public static CodeMatch Match(DeviceState state, string code, string mac, KeyRing ring, IReadOnlySet<string> trusting) => new(
        state.Claims.FirstOrDefault(c => c.Code is { } stored && ClaimRules.Derive(ring, mac, c.Tenant, stored) is { } right
            && VerificationCode.AreEqual(right, code)),
        trusting);

    /// <summary>Tenants whose waiting code is tried by what was dialled, and which count that: the one whose code it is, else all.</summary>
    /// <remarks>A phone with its factory certificate is exempt: it has one MAC and no other, so what it tries is bounded by that MAC's codes.</remarks>
    public static IEnumerable<string> TriedBy(CodeMatch match, SipCaller caller, DeviceState state) =>
        !IsLookedAt(caller, state) || HasCertificate(caller, state) ? [] : state.Claims
        .Where(c => c.Code is { RedeemedAtUtc: null } && !match.Trusting.Contains(c.Tenant) && (match.Claim is null || match.Claim.Tenant == c.Tenant))
        .Select(c => c.Tenant);

    /// <summary>Decides; reports a refusal's reason, or empty when confirmed.</summary>
    /// <param name="command">What was dialled.</param>
    /// <param name="match">What its code is; nobody's, when it is that of a tenant in <paramref name="exhausted"/>: whether a code is right is
    /// not told, in any way, by a tenant that looks at none.</param>
    /// <param name="exhausted">Tenants whose hourly allowance of wrong codes was just found used up, for all or for this source.</param>
    /// <param name="change">The decision.</param>
    /// <param name="fresh">What a promotion hands out.</param>
    public static string Decide(
        DialFeatureCodeCommand command, CodeMatch match, IReadOnlyCollection<string> exhausted, DeviceChange change, FreshCredential fresh)
    {
        if (command.Caller.Epoch is not null && !IsLookedAt(command.Caller, change.Next)) return NotInService;
        var candidate = command.Caller.Candidate is { } facts ? CandidateRules.See(change, facts, command.Flow.Source) : null;
        if (candidate is { IsStopped: true }) return TooManyWrong;
        if (candidate is not null) candidate = CandidateRules.Learn(change, candidate, command.Phone);
        if (match.Claim is not { Code: { } code } claim) return Wrong(command, change, candidate, exhausted);
        if (code.RedeemedAtUtc is not null) return Redial(change, claim, candidate) ? "" : CodeUsed;
        if (code.WrongCodes >= change.Options.MaxWrongCodesPerCode) return CodeLocked;
        if (code.ExpiresAtUtc <= change.Now)
        {
            change.Event(claim.Tenant, "enrollment.code_expired", "An expired code was dialled. Generate a new one.", command.Flow.Source);
            return CodeExpired;
        }

        if (change.Next.Seat is { IsOffboarded: false } seat && seat.Tenant != claim.Tenant) return Conflict(change, claim, command.Flow.Source);
        // The phone in the seat is in service: nobody asks again what it is.
        if (candidate is not null && Incompatible(match, claim, candidate, change, command.Flow.Source) is { } why) return why;
        Redeem(command, match, claim, code, candidate, change, fresh);
        return "";
    }

    /// <summary>Whoever wonders why a right code is refused finds it in the phone's timeline.</summary>
    public static void NotePaused(DeviceChange change, IEnumerable<string> exhausted, string source)
    {
        foreach (var tenant in exhausted)
        {
            change.Event(tenant, PausedKind,
                "Too many wrong codes were dialled, from this address or in all: no code is looked at for up to an hour. Trusted ranges are exempt.", source);
        }
    }

    // What a stopped candidate or a retired account dials is no guess.
    private static bool IsLookedAt(SipCaller caller, DeviceState state) => caller.Epoch is { } epoch
        ? epoch == state.Seat?.Epoch
        : !state.Candidates.Any(c => c.Id == caller.Candidate?.Id && c.IsStopped);

    private static bool HasCertificate(SipCaller caller, DeviceState state) => caller.Epoch is { } epoch
        ? state.Seat is { Trust: TrustLevel.Certificate } seat && seat.Epoch == epoch
        : CandidateRules.HasCertificate(state, caller.Candidate?.Id);

    // Single use: but who redeemed it may say it again, because a technician who heard nothing dials once more.
    private static bool Redial(DeviceChange change, DeviceClaim claim, SeenCandidate? candidate) =>
        change.Next.Seat?.Tenant == claim.Tenant && (candidate is null || candidate.Id == claim.Code!.RedeemedBy);

    private static void Redeem(
        DialFeatureCodeCommand command, CodeMatch match, DeviceClaim claim, StoredCode code, SeenCandidate? candidate, DeviceChange change,
            FreshCredential fresh)
    {
        var redeemed = code with { RedeemedAtUtc = change.Now, RedeemedBy = candidate?.Id ?? "" };
        change.Next.Claims = [.. change.Next.Claims.Select(c => c.Tenant == claim.Tenant ? c with { Code = redeemed } : c)];
        // The phone in the seat says its own tenant's code: it has proved itself and keeps what it has.
        if (candidate is not null)
        {
            var proves = candidate.HasCertificate ? TrustLevel.Certificate : match.Proves;
            SeatRules.Promote(change, claim.Tenant, candidate, command.Flow.Source, proves, fresh);
        }

        change.Next.IsWaitingForCode = false;
        change.Audit(claim.Tenant, $"device:{change.Context.Mac}", "device.enroll");
        change.Event(claim.Tenant, "enrollment.redeemed", "The code was dialled on the phone; it is enrolled.", command.Flow.Source);
    }

    // The code stays good: upgraded, the phone dials it again.
    private static string? Incompatible(CodeMatch match, DeviceClaim claim, SeenCandidate candidate, DeviceChange change, string source)
    {
        var phone = CompatibilityRules.Of(candidate);
        CompatibilityRules.Warn(match.Gate, claim.Tenant, CompatibilityRules.EnrollmentKind, phone, change, source);
        if (CompatibilityRules.Refused(match.Gate, phone, change.Options.Compatibility) is not { } refused) return null;
        change.Event(claim.Tenant, CompatibilityRules.EnrollmentKind, CompatibilityRules.Told(refused.Message), source);
        return refused.Reason;
    }

    private static string Conflict(DeviceChange change, DeviceClaim claim, string source)
    {
        var owner = change.Next.Seat!.Tenant;
        change.Alert("Another organisation's code for this MAC address was dialled. If the phone is to move, delete it here first.");
        change.Event(owner, "enrollment.conflict", "A code of another organisation was dialled on a phone with this MAC address; it was refused.");
        change.Event(claim.Tenant, "enrollment.conflict", "The code was dialled, but the phone is in service elsewhere. Its owner must release it first.",
            source);
        return InUse;
    }

    private static string Wrong(DialFeatureCodeCommand command, DeviceChange change, SeenCandidate? candidate, IReadOnlyCollection<string> exhausted)
    {
        var tried = change.Next.Claims.Where(c => c.Code is { RedeemedAtUtc: null } && !exhausted.Contains(c.Tenant)).ToList();
        if (tried.Count == 0 && exhausted.Count > 0) return TryLater;
        if (candidate is not null) CandidateRules.NoteWrongCode(change, candidate);
        foreach (var claim in tried)
        {
            var code = claim.Code! with { WrongCodes = claim.Code!.WrongCodes + 1 };
            change.Next.Claims = change.Next.Claims.Replace(claim, claim with { Code = code });
            change.Event(claim.Tenant, "enrollment.code_wrong", "A wrong code was dialled on a phone with this MAC address.", command.Flow.Source);
        }

        change.Touch();
        return exhausted.Count > 0 ? TryLater : WrongCode;
    }
}
