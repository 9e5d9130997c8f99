using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>Passwords of the embedded directory.</summary>
internal sealed partial class UserGrain
{
    // Of a user who is not there: counted in memory alone, so that noise cannot fill the database, and kept for as long as a lock lasts.
    private int nobodysWrong;
    private DateTimeOffset? nobodyLockedUntilUtc;

    public async Task<PasswordVerdict> VerifyPassword(string password)
    {
        var now = time.GetUtcNow();
        var isKnown = storage.State.Exists;
        if (PasswordRules.IsLocked(isKnown ? storage.State.LockedUntilUtc : nobodyLockedUntilUtc, now)) return PasswordVerdict.Locked;
        var isFit = password.Length <= UserLimits.MaxPasswordLength;
        var isRight = PasswordHashing.Verify(isKnown ? storage.State.PasswordHash : "", isFit ? password : "") && isFit;
        await Count(isKnown, isRight, now);
        return PasswordRules.Verdict(isRight);
    }

    private async Task Count(bool isKnown, bool isRight, DateTimeOffset now)
    {
        if (!isKnown)
        {
            (nobodysWrong, nobodyLockedUntilUtc) = PasswordRules.CountWrong(nobodysWrong, now);
            DelayDeactivation(UserLimits.LockTime);
            return;
        }

        var next = storage.State.Copy();
        if (isRight && storage.State is { WrongPasswords: 0, LockedUntilUtc: null }) return;
        (next.WrongPasswords, next.LockedUntilUtc) = isRight ? (0, null) : PasswordRules.CountWrong(next.WrongPasswords, now);
        var locks = next.LockedUntilUtc is not null;
        var audit = UserRules.Audit(Key, "user.lock", $"user:{Key.UserId}", now) with { Detail = $"{UserLimits.MaxWrongPasswords} wrong passwords in a row" };
        await storage.CommitAsync(this, next, new StateEffects { Audit = locks ? [audit] : [] });
    }
}
