using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Grains;

/// <summary><c>*55*CODE</c>: exactly the phone that dials the right code gets the seat, once.</summary>
internal static class RedeemRules
{
    private const int MaxAnswersKept = 8;

    /// <summary>The code was dialled by a candidate, or by the phone in service.</summary>
    public static DialFeatureCodeOutcome Decide(DeviceChange change, DialFeatureCodeCommand command)
    {
        if (change.Phone.Dialed.FirstOrDefault(d => d.CallId == command.CallId) is { } answered)
        {
            return new DialFeatureCodeOutcome { Status = answered.Status, Reason = answered.Reason };
        }

        var outcome = Judge(change, command);
        var kept = change.Phone.Dialed.Length >= MaxAnswersKept ? change.Phone.Dialed.RemoveAt(0) : change.Phone.Dialed;
        change.Phone = change.Phone with { Dialed = kept.Add(new AnsweredDial { CallId = command.CallId, Status = outcome.Status, Reason = outcome.Reason }) };
        return outcome;
    }

    /// <summary>The tenants whose hourly allowance a wrong code of this phone uses up.</summary>
    public static IEnumerable<string> TenantsOfWrongCode(Phone phone) => phone.Claims.Select(c => c.Tenant);

    private static DialFeatureCodeOutcome Judge(DeviceChange change, DialFeatureCodeCommand command)
    {
        var source = command.Flow.Source;
        var candidate = command.Caller.Candidate is { } facts ? CandidateRules.Note(change, facts, source) : null;
        if (candidate?.WrongCodes >= change.Facts.Options.MaxWrongCodesOfCandidate || change.Phone.CodesPausedUntilUtc > change.Now) return Refused("Try later");
        if (candidate is not null && IsStopped(change.Phone, candidate.Id)) return Refused("Ask your administrator");
        if (Redialled(change, command, candidate)) return Confirmed;
        var claim = change.Phone.Claims.FirstOrDefault(c => IsCodeOf(change, c, command.Argument));
        if (claim is null) return Wrong(change, candidate, source);
        if (claim.RedeemedBy.Length > 0) return Refused("Code already used");
        if (claim.CodeExpiresAtUtc <= change.Now) return Refused("Code expired");
        if (claim.WrongCodes >= change.Facts.Options.MaxWrongCodes) return Refused("Code locked");
        return Redeem(change, claim, candidate, source);
    }

    private static DialFeatureCodeOutcome Redeem(DeviceChange change, Claim claim, CandidateRecord? candidate, string source)
    {
        if (change.Phone.Seat is { } seat && seat.Tenant != claim.Tenant)
        {
            change.Alert(seat.Tenant, "Another tenant's code was dialled for this device while it is in service here. Delete or sign it out if it is to change hands.");
            change.AuditPhone(claim.Tenant, "device.redeem", "IN_SERVICE_ELSEWHERE");
            return Refused("In use elsewhere");
        }

        change.Phone = change.Phone with { Claims = change.Phone.Claims.Replace(claim, claim with { RedeemedBy = candidate?.Id ?? "seat" }) };
        change.AuditPhone(claim.Tenant, "device.redeem");

        // The phone in service dials its own tenant's code: it is enrolled already, and keeps what it has.
        if (candidate is not null) SeatRules.Promote(change, claim.Tenant, candidate.Id, source);
        change.Event("enrollment.redeemed", "The code was dialled on the phone: it is enrolled.", source, claim.Tenant);
        return Confirmed;
    }

    private static DialFeatureCodeOutcome Wrong(DeviceChange change, CandidateRecord? candidate, string source)
    {
        if (candidate is not null)
        {
            var counted = candidate with { WrongCodes = candidate.WrongCodes + 1 };
            change.Phone = change.Phone with { Candidates = change.Phone.Candidates.Replace(candidate, counted) };
        }

        foreach (var claim in change.Phone.Claims.Where(c => EnrollmentRules.IsWaiting(c, change.Facts)))
        {
            var counted = claim with { WrongCodes = claim.WrongCodes + 1 };
            change.Phone = change.Phone with { Claims = change.Phone.Claims.Replace(claim, counted) };
            change.Event("enrollment.code_wrong", $"A wrong code was dialled ({counted.WrongCodes} of {change.Facts.Options.MaxWrongCodes}).", source, claim.Tenant);
            if (counted.WrongCodes == change.Facts.Options.MaxWrongCodes)
            {
                change.Alert(claim.Tenant, "Too many wrong codes were dialled for this device; its code is locked. Make a new one when you know who dialled.");
            }
        }

        return Refused("Wrong code");
    }

    private static bool Redialled(DeviceChange change, DialFeatureCodeCommand command, CandidateRecord? candidate) =>
        change.Phone.Seat is { } seat
        && change.Phone.Claims.FirstOrDefault(c => c.Tenant == seat.Tenant) is { RedeemedBy.Length: > 0 } claim
        && IsCodeOf(change, claim, command.Argument)
        && (candidate is null ? command.Caller.Epoch == seat.Epoch : claim.RedeemedBy == candidate.Id);

    private static bool IsStopped(Phone phone, string candidateId) => phone.Seat?.Handout is { IsStopped: true } handout && handout.CandidateId == candidateId;

    private static bool IsCodeOf(DeviceChange change, Claim claim, string dialled) =>
        EnrollmentRules.CodeOf(claim, change.Facts) is { } code && VerificationCode.AreEqual(code, dialled);

    private static DialFeatureCodeOutcome Confirmed { get; } = new() { Status = DialStatus.Confirmed };

    private static DialFeatureCodeOutcome Refused(string reason) => new() { Status = DialStatus.Refused, Reason = reason };
}
