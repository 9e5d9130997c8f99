using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>Candidates that came close enough to be remembered: they registered or dialled.</summary>
internal static class CandidateRules
{
    /// <summary>The record of a candidate, made when it is new. The oldest that is neither bound nor being promoted goes first.</summary>
    public static CandidateRecord Note(DeviceChange change, CandidateFacts candidate, string source)
    {
        if (change.Phone.Candidates.FirstOrDefault(c => c.Id == candidate.Id) is { } known) return known;
        var made = new CandidateRecord { Id = candidate.Id, IssuedAtUtc = candidate.IssuedAtUtc, FirstSource = source };
        var kept = change.Phone.Candidates;
        while (kept.Length >= change.Facts.Options.MaxCandidates) kept = kept.RemoveAt(Dispensable(change, kept));
        change.Phone = change.Phone with { Candidates = kept.Add(made) };
        return made;
    }

    private static int Dispensable(DeviceChange change, System.Collections.Immutable.ImmutableArray<CandidateRecord> kept)
    {
        for (var i = 0; i < kept.Length; i++)
        {
            var credential = SeatRules.CandidateCredential(kept[i].Id);
            var isBound = change.Phone.Bindings.Any(b => b.Credential == credential && b.ExpiresAtUtc > change.Now);
            if (!isBound && change.Phone.Seat?.Handout?.CandidateId != kept[i].Id) return i;
        }

        return 0;
    }
}
