using System.Collections.Concurrent;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>Whether a digest was accepted before.</summary>
internal enum ReplayVerdict
{
    /// <summary>New: noted as used.</summary>
    Fresh,

    /// <summary>The very request that was accepted last, once more: it gets the same answer.</summary>
    SameRequest,

    /// <summary>Used up: ask for another with stale=true.</summary>
    Used,
}

/// <summary>
/// The newest nonce and count accepted for each credential on this silo (RFC 7616 §5.4). Outlives the activation of a grain; a nonce of another start of its edge never
/// gets here, so that what a crash forgets cannot be used again.
/// </summary>
internal sealed class ReplayMarks
{
    /// <summary>Marks of nonces that have long ended are dropped when so many are kept: about 40 MB.</summary>
    private const int MaxMarks = 400_000;

    private readonly ConcurrentDictionary<(string Mac, string Credential), Mark> marks = new();

    /// <summary>Judges a digest that was verified, and notes it.</summary>
    public ReplayVerdict Note(string mac, string credential, DigestEvidence digest, string callId, uint cseq)
    {
        var key = (mac, credential);
        if (marks.TryGetValue(key, out var last))
        {
            var isSameNonce = last.Nonce == digest.Nonce;
            if (isSameNonce && last.Count == digest.NonceCount && last.CallId == callId && last.CSeq == cseq) return ReplayVerdict.SameRequest;
            if (isSameNonce ? digest.NonceCount <= last.Count : digest.NonceIssuedAtMs < last.IssuedAtMs) return ReplayVerdict.Used;
        }

        if (marks.Count >= MaxMarks) Prune(digest.NonceIssuedAtMs);
        marks[key] = new Mark(digest.Nonce, digest.NonceIssuedAtMs, digest.NonceCount, callId, cseq);
        return ReplayVerdict.Fresh;
    }

    // A nonce lives minutes; an hour is long past.
    private void Prune(long nowMs)
    {
        foreach (var (key, mark) in marks)
        {
            if (nowMs - mark.IssuedAtMs > 3_600_000) marks.TryRemove(key, out _);
        }
    }

    private sealed record Mark(string Nonce, long IssuedAtMs, uint Count, string CallId, uint CSeq);
}
