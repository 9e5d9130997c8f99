using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Grains.Devices;

/// <summary>Candidates of this MAC that were seen.</summary>
internal static class CandidateRules
{
    /// <summary>The candidate as it is remembered; noted when it is new. Beyond the bound the oldest goes, never the one in the hand-out.</summary>
    public static SeenCandidate See(DeviceChange change, CandidateFacts facts, string source)
    {
        if (change.Next.Candidates.FirstOrDefault(c => c.Id == facts.Id) is { } known) return known;
        var seen = new SeenCandidate { Id = facts.Id, IssuedAtUtc = facts.IssuedAtUtc, SeenAtUtc = change.Now, FirstSource = source };
        var others = change.Next.Candidates;
        if (others.Length >= change.Options.MaxCandidates)
        {
            var oldest = others.Where(c => c.Id != change.Next.Seat?.Handout?.CandidateId).MinBy(c => c.SeenAtUtc);
            if (oldest is not null)
            {
                others = others.Remove(oldest);
                change.Next.Bindings = [.. change.Next.Bindings.Where(b => b.Credential != CredentialName.OfCandidate(oldest.Id))];
            }
        }

        change.Next.Candidates = others.Add(seen);
        change.Next.CreatedAtUtc ??= change.Now;
        if (change.Next.Seat is { } seat)
            change.Event(seat.Tenant, "onboarding.stranger",
                "A phone that says it has this MAC address started anew; the phone in service is not affected.", source);
        change.Touch();
        return seen;
    }

    /// <summary>What a candidate that was seen says it is: it helps the one who promotes it, and the one who is asked whether it is theirs.</summary>
    public static void NoteIdentity(DeviceChange change, string candidateId, PhoneIdentity phone)
    {
        if (change.Next.Candidates.FirstOrDefault(c => c.Id == candidateId) is not { } known) return;
        var after = known with { Vendor = phone.Vendor, Model = phone.Model, Firmware = phone.Firmware };
        if (after == known) return;
        change.Next.Candidates = change.Next.Candidates.Replace(known, after);
        change.Touch();
    }

    /// <summary>What a candidate says it is, where it has not said so by fetching its files: that is the fuller word.</summary>
    public static SeenCandidate Learn(DeviceChange change, SeenCandidate candidate, PhoneIdentity? said)
    {
        if (candidate.Model.Length > 0 || said is null) return candidate;
        var after = candidate with { Vendor = said.Vendor, Model = said.Model, Firmware = said.Firmware };
        change.Next.Candidates = change.Next.Candidates.Replace(candidate, after);
        change.Touch();
        return after;
    }

    /// <summary>Whether the phone that has this candidate showed its factory certificate.</summary>
    public static bool HasCertificate(DeviceState state, string? candidateId) =>
        candidateId is not null && state.Candidates.Any(c => c.Id == candidateId && c.HasCertificate);

    public static void NoteWrongCode(DeviceChange change, SeenCandidate candidate)
    {
        var wrong = candidate.WrongCodes + 1;
        var after = candidate with { WrongCodes = wrong, IsStopped = wrong >= change.Options.MaxWrongCodesPerCandidate };
        change.Next.Candidates = change.Next.Candidates.Replace(candidate, after);
    }

    /// <summary>Forgets candidates whose week is over.</summary>
    public static void Prune(DeviceChange change)
    {
        var alive = change.Next.Candidates.RemoveAll(c => change.Now - c.IssuedAtUtc >= Candidate.Lifetime);
        if (alive.Length == change.Next.Candidates.Length) return;
        change.Next.Candidates = alive;
        change.Touch();
    }
}
