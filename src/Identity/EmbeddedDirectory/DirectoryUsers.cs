using SipGateway.Grains.Interfaces;

namespace SipGateway.Identity;

/// <summary>Asks the user's grain. A name that cannot be one is a wrong password like any other.</summary>
internal sealed class DirectoryUsers(IGrainFactory grains)
{
    private const int MaxUserIdLength = 100;
    private const int MaxPasswordLength = 256;

    /// <summary>The profile is set exactly when the verdict is <see cref="PasswordVerdict.Right"/>.</summary>
    public async Task<(PasswordVerdict Verdict, UserProfile? Profile)> CheckAsync(string tenant, string userId, string password)
    {
        if (!IsUserId(userId) || password.Length is 0 or > MaxPasswordLength)
        {
            return (PasswordVerdict.Wrong, null);
        }

        var user = grains.GetGrain<IUserGrain>(Key(tenant, userId));
        var verdict = await user.VerifyPassword(password);
        if (verdict != PasswordVerdict.Right)
        {
            return (verdict, null);
        }

        var profile = await user.Get();
        return profile is null ? (PasswordVerdict.Wrong, null) : (PasswordVerdict.Right, profile);
    }

    public static string Key(string tenant, string userId) => $"{tenant}/{userId}".ToLowerInvariant();

    private static bool IsUserId(string text) => text.Length is > 0 and <= MaxUserIdLength
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '@' or '+');
}
