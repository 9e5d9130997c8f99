namespace SipGateway.Edge;

/// <summary>What a wrong digest is answered.</summary>
internal enum FailureVerdict
{
    /// <summary>401 with a fresh nonce.</summary>
    Challenged,

    /// <summary>503 with Retry-After.</summary>
    Slowed,

    /// <summary>Nothing.</summary>
    Banned,
}

/// <summary>How wrong digests add up.</summary>
/// <param name="Allowance">As many are answered 401, as many again 503; then the ban begins.</param>
/// <param name="Forgiveness">After this time one of them is forgiven.</param>
/// <param name="Ban">How long a ban lasts when nothing more comes.</param>
/// <param name="LongestBan">How long it lasts at most, whatever comes.</param>
internal readonly record struct BanPolicy(int Allowance, TimeSpan Forgiveness, TimeSpan Ban, TimeSpan LongestBan);

/// <summary>
/// Bans as arithmetic on one number: the time, in ticks, at which everything is forgiven. Each wrong digest moves it on; it comes nearer by
/// itself, so that a ban decays and nothing has to be cleaned up.
/// </summary>
internal static class BanRules
{
    /// <summary>What the next wrong digest is answered.</summary>
    public static FailureVerdict Judge(long forgivenAt, long now, in BanPolicy policy) => (forgivenAt - now) switch
    {
        var lead when lead > 2 * Room(policy) => FailureVerdict.Banned,
        var lead when lead > Room(policy) => FailureVerdict.Slowed,
        _ => FailureVerdict.Challenged,
    };

    /// <summary>One wrong digest more.</summary>
    /// <returns>When everything will be forgiven now. What it is answered is <see cref="Judge"/>'s to say, of this.</returns>
    public static long Fail(long forgivenAt, long now, in BanPolicy policy)
    {
        var wasBanned = Judge(forgivenAt, now, policy) == FailureVerdict.Banned;
        var next = Math.Max(forgivenAt, now) + policy.Forgiveness.Ticks;
        next += !wasBanned && Judge(next, now, policy) == FailureVerdict.Banned ? policy.Ban.Ticks : 0;
        return Math.Min(next, now + (2 * Room(policy)) + policy.LongestBan.Ticks);
    }

    private static long Room(in BanPolicy policy) => policy.Allowance * policy.Forgiveness.Ticks;
}
