using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>No accepted digest works twice.</summary>
internal static class ReplayRules
{
    /// <summary>Whether this nonce and count are above everything this credential used.</summary>
    public static bool IsFresh(DeviceState state, string credential, DigestEvidence digest)
    {
        var use = state.Uses.FirstOrDefault(u => u.Credential == credential);
        if (use is null || digest.NonceIssuedAtMs > use.NonceIssuedAtMs) return true;
        return digest.Nonce == use.Nonce && digest.NonceCount > use.NonceCount;
    }

    /// <summary>Whether one use came after another of the same credential.</summary>
    public static bool IsAfter(CredentialUse use, CredentialUse than) =>
        (use.NonceIssuedAtMs, use.NonceCount).CompareTo((than.NonceIssuedAtMs, than.NonceCount)) > 0;

    /// <summary>This request was accepted.</summary>
    public static void Note(DeviceState next, string credential, DigestEvidence digest, Func<CredentialUse, CredentialUse>? more = null)
    {
        var use = next.Uses.FirstOrDefault(u => u.Credential == credential)
            ?? new CredentialUse { Credential = credential, Nonce = "", NonceIssuedAtMs = 0, NonceCount = 0 };
        var after = use with { NonceIssuedAtMs = digest.NonceIssuedAtMs, Nonce = digest.Nonce, NonceCount = digest.NonceCount };
        next.Uses = [.. next.Uses.Where(u => u.Credential != credential).TakeLast(31), more is null ? after : more(after)];
    }
}
