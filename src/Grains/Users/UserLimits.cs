namespace SipGateway.Grains;

/// <summary>Bounds of one user.</summary>
internal static class UserLimits
{
    /// <summary>Default: 10 wrong passwords in a row, then a lock.</summary>
    public const int MaxWrongPasswords = 10;

    /// <summary>Default: 8 characters (NIST SP 800-63B: at least 8, no rules of composition).</summary>
    public const int MinPasswordLength = 8;

    /// <summary>Default: 128 characters; longer ones only cost hashing time.</summary>
    public const int MaxPasswordLength = 128;

    /// <summary>Default: 100 characters; a phone's screen shows some twenty.</summary>
    public const int MaxDisplayNameLength = 100;

    /// <summary>Default: 200 characters of an account name; providers stay below 128.</summary>
    public const int MaxAccountNameLength = 200;

    /// <summary>Default: 15 minutes; about 1000 guesses a day remain.</summary>
    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);

    /// <summary>Default: a minute until phones of a deleted user that could not be signed out are tried again.</summary>
    public static readonly TimeSpan SignOutRetry = TimeSpan.FromMinutes(1);
}
