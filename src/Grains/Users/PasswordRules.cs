using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>Counting wrong passwords: pure.</summary>
internal static class PasswordRules
{
    public static bool IsLocked(DateTimeOffset? lockedUntilUtc, DateTimeOffset now) => lockedUntilUtc > now;

    /// <summary>The counters after a wrong password: the tenth in a row locks and starts the count anew.</summary>
    public static (int Wrong, DateTimeOffset? LockedUntilUtc) CountWrong(int wrong, DateTimeOffset now) =>
        wrong + 1 >= UserLimits.MaxWrongPasswords ? (0, now + UserLimits.LockTime) : (wrong + 1, null);

    /// <summary>What the caller hears: nothing that tells a missing user from a wrong password.</summary>
    public static PasswordVerdict Verdict(bool isRight) => isRight ? PasswordVerdict.Right : PasswordVerdict.Wrong;
}
