using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Grains.Devices;

/// <summary>
/// A phone that shows the factory certificate of this MAC (DESIGN §7): it takes an empty seat without a code when exactly one tenant claims the MAC.
/// Claimed by several or by nobody, it stays a candidate of which that is remembered; a phone in service is not disturbed by it.
/// </summary>
internal static class CertificateRules
{
    /// <summary>Remembers what the candidate showed, and promotes it where it may be; whether it did.</summary>
    /// <param name="command">The fetch. Only the device's own file counts: the candidate in it is the one that the phone keeps.</param>
    /// <param name="change">The decision.</param>
    /// <param name="fresh">What a promotion hands out.</param>
    /// <param name="gate">What the only claiming tenant wants of models and firmware.</param>
    public static bool Promotes(FetchConfigCommand command, DeviceChange change, FreshCredential fresh, CompatibilityGate gate)
    {
        if (command is not { HasCertificate: true, IsSecure: true, Candidate: { } facts } || !command.File.IsOwn()) return false;
        var candidate = See(change, facts, command);
        if (candidate.IsStopped || Tenant(change, SourceRules.Address(command.Source)) is not { } tenant) return false;
        var before = change.Next.Seat is { IsOffboarded: false } seat ? seat : null;

        // A door like the code; behind it nobody asks again.
        if (before is null && CompatibilityRules.Refused(gate, command.Phone, change.Options.Compatibility) is not null) return false;
        if (before is null) CompatibilityRules.Warn(gate, tenant, CompatibilityRules.EnrollmentKind, command.Phone, change, command.Source);
        SeatRules.Promote(change, tenant, candidate, command.Source, TrustLevel.Certificate, fresh);
        change.Next.Seat = change.Next.Seat! with
        {
            ServedAddress = SourceRules.Address(command.Source), User = before?.User, Alerts = before?.Alerts ?? [],
        };
        change.Next.IsWaitingForCode = false;
        change.Audit(tenant, $"device:{change.Context.Mac}", "device.enroll", "factory certificate");
        change.Event(tenant, "enrollment.certificate", "The phone showed its factory certificate; it is enrolled without a code.", command.Source);
        return true;
    }

    /// <summary>
    /// Whether it is the phone that the seat was just given to by its certificate, and that has not come back with its own URL: each of its files is a
    /// request of its own, and at the root each has a candidate of its own.
    /// </summary>
    public static bool IsHandedOut(FetchConfigCommand command, DeviceChange change) =>
        command is { HasCertificate: true, IsSecure: true } && IsAnswerAwaited(change, SourceRules.Address(command.Source))
        && change.Next.Seat!.Handout!.UntilUtc > change.Now;

    /// <summary>A phone that waits as a candidate and showed its certificate is told to come again, because a claim may have let it in.</summary>
    public static void CallWaiting(DeviceChange change)
    {
        if (!IsEmpty(change.Next.Seat) || change.Next.Claims.Length != 1) return;
        var waiting = change.Next.Candidates.Where(c => c is { HasCertificate: true, IsStopped: false } && IsAlive(c, change.Now)).MaxBy(c => c.SeenAtUtc);
        if (waiting is not null) NotifyRules.OrderResync(change, CredentialName.OfCandidate(waiting.Id));
    }

    /// <summary>Whether a phone showed the certificate of this MAC within the life of a candidate.</summary>
    public static bool IsKnown(DeviceState state, DateTimeOffset now) => state.Candidates.Any(c => c.HasCertificate && IsAlive(c, now));

    /// <summary>The tenant whose gate stands before such a phone; null: it is not at the door.</summary>
    public static string? Gatekeeper(FetchConfigCommand command, DeviceState state) =>
        command is { HasCertificate: true, IsSecure: true } && command.File.IsOwn() && IsEmpty(state.Seat) && state.Claims is [var only] ? only.Tenant : null;

    private static string? Tenant(DeviceChange change, string address) => change.Next switch
    {
        { Claims: [var only] } next when IsEmpty(next.Seat) => only.Tenant,

        // The answer that promoted it was lost: nobody has what was in it.
        { Seat: { } seat } when IsAnswerAwaited(change, address) => seat.Tenant,
        _ => null,
    };

    private static bool IsAnswerAwaited(DeviceChange change, string address) =>
        change.Next.Seat is { Trust: TrustLevel.Certificate, IsOffboarded: false, Handout: { IsStopped: false } handout }
        && handout.Address == address && !FetchRules.IsInService(change);

    private static bool IsEmpty(DeviceSeat? seat) => seat is null or { IsOffboarded: true };

    private static bool IsAlive(SeenCandidate candidate, DateTimeOffset now) => now - candidate.IssuedAtUtc < Candidate.Lifetime;

    private static SeenCandidate See(DeviceChange change, CandidateFacts facts, FetchConfigCommand command)
    {
        CandidateRules.See(change, facts, command.Source);
        CandidateRules.NoteIdentity(change, facts.Id, command.Phone);
        var known = change.Next.Candidates.First(c => c.Id == facts.Id);
        if (known.HasCertificate) return known;
        var after = known with { HasCertificate = true };
        change.Next.Candidates = change.Next.Candidates.Replace(known, after);
        change.Touch();
        return after;
    }
}
