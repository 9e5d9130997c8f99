using SipGateway.Grains.Interfaces;
using SipGateway.Sip.Authentication;
using SipGateway.Trust;

namespace SipGateway.Grains;

/// <summary>A device's secrets: made, locked under the key ring with their place, and read back.</summary>
internal static class DeviceSecrets
{
    public static string LockSip(DeviceFacts facts, uint epoch, string secret) => SecretBox.Lock(facts.Keys, secret, SipPlace(facts.Mac, epoch));

    public static string? UnlockSip(KeyRing keys, string mac, uint epoch, string locked) => SecretBox.Unlock(keys, locked, SipPlace(mac, epoch));

    public static string LockToken(DeviceFacts facts, string random) => SecretBox.Lock(facts.Keys, random, TokenPlace(facts.Mac));

    public static string? UnlockToken(DeviceFacts facts, Seat seat) => SecretBox.Unlock(facts.Keys, seat.LockedConfigToken, TokenPlace(facts.Mac));

    /// <summary>The locked secret of a credential epoch, in service or retired; null when it is not known any more.</summary>
    public static string? SecretOf(DeviceFacts facts, Phone phone, uint epoch)
    {
        var locked = phone.Seat?.Epoch == epoch
            ? phone.Seat.LockedSecret
            : phone.Retired.FirstOrDefault(r => r.Epoch == epoch && r.UntilUtc > facts.Now)?.LockedSecret;
        return locked is null ? null : UnlockSip(facts.Keys, facts.Mac, epoch, locked);
    }

    /// <summary>Whether the evidence was made with this secret (RFC 7616 §3.4).</summary>
    public static bool IsRight(DigestEvidence digest, string secret)
    {
        if (DigestAlgorithms.Parse(digest.Algorithm) is not { } algorithm) return false;
        if (string.Equals(digest.Qop, "auth-int", StringComparison.OrdinalIgnoreCase)) return false;
        var ha1 = DigestResponse.Ha1(algorithm, digest.UserName, digest.Realm, secret);
        var count = digest.NonceCount.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
        var expected = DigestResponse.Compute(
            algorithm, ha1, digest.Method, digest.Uri, digest.Nonce, count, digest.CNonce, digest.Qop.Length == 0 ? null : digest.Qop, []);
        return DigestResponse.AreEqual(expected, digest.Response);
    }

    private static string SipPlace(string mac, uint epoch) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"device/{mac}/sip/{epoch}");

    private static string TokenPlace(string mac) => $"device/{mac}/config-token";
}
