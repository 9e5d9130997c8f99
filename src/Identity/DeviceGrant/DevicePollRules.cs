namespace SipGateway.Identity;

/// <summary>What the token endpoint's answer means (RFC 8628 §3.5).</summary>
internal enum PollAnswerKind
{
    /// <summary>The user approved; the id token is there.</summary>
    Tokens,

    /// <summary><c>authorization_pending</c>.</summary>
    Pending,

    /// <summary><c>slow_down</c>.</summary>
    SlowDown,

    /// <summary>The user said no.</summary>
    Denied,

    /// <summary><c>expired_token</c>.</summary>
    Expired,

    /// <summary>Nothing usable came: no connection, a time-out, 429, 5xx, or something that is not OAuth. Worth another try.</summary>
    Fault,

    /// <summary>Any other error: another try cannot help.</summary>
    Refused,
}

/// <summary>One answer of the token endpoint.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="IdToken">Set for <see cref="PollAnswerKind.Tokens"/>. A secret.</param>
/// <param name="Error">The server's error code; empty when there is none.</param>
/// <param name="RetryAfter">What the server asked for (RFC 9110 §10.2.3); null for nothing.</param>
internal sealed record PollAnswer(PollAnswerKind Kind, string IdToken = "", string Error = "", TimeSpan? RetryAfter = null)
{
    public override string ToString() => $"PollAnswer {Kind} {Error}";
}

/// <summary>How the polling of one code stands.</summary>
/// <param name="Interval">The present interval; it only grows.</param>
/// <param name="FaultsInARow">Since the last answer that was one.</param>
/// <param name="ExpiresAtUtc">When the code ends.</param>
internal sealed record DevicePollState(TimeSpan Interval, int FaultsInARow, DateTimeOffset ExpiresAtUtc);

/// <summary>What to do next; exactly one of <see cref="Wait"/>, <see cref="IdToken"/> and <see cref="Failure"/> is set.</summary>
internal sealed record DevicePollDecision(DevicePollState State, TimeSpan? Wait = null, string? IdToken = null, string? Failure = null);

/// <summary>When to ask again, and when not (RFC 8628 §3.5).</summary>
internal static class DevicePollRules
{
    /// <summary>RFC 8628 §3.5: each <c>slow_down</c> adds five seconds, for this and all later polls.</summary>
    public static readonly TimeSpan SlowDownStep = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause after faults: a server that came back is noticed within a minute.</summary>
    public static readonly TimeSpan MaxBackOff = TimeSpan.FromSeconds(60);

    /// <summary>Before the first poll, and again after a restart.</summary>
    public static DevicePollDecision Start(DevicePollState state, DateTimeOffset now) => WaitFor(state, state.Interval, now);

    public static DevicePollDecision Decide(DevicePollState state, PollAnswer answer, DateTimeOffset now)
    {
        var answered = state with { FaultsInARow = 0 };
        switch (answer.Kind)
        {
            case PollAnswerKind.Tokens:
                return new(answered, IdToken: answer.IdToken);
            case PollAnswerKind.Denied:
                return new(answered, Failure: SignInFailures.Denied);
            case PollAnswerKind.Expired:
                return new(answered, Failure: SignInFailures.Expired);
            case PollAnswerKind.Refused:
                return new(answered, Failure: SignInFailures.Refused(answer.Error));
            case PollAnswerKind.Pending:
                return WaitFor(answered, Longer(state.Interval, answer.RetryAfter), now);
            case PollAnswerKind.SlowDown:
                var slower = answered with { Interval = state.Interval + SlowDownStep };
                return WaitFor(slower, Longer(slower.Interval, answer.RetryAfter), now);
            default:
                var faulty = state with { FaultsInARow = state.FaultsInARow + 1 };
                return WaitFor(faulty, Longer(BackOff(faulty), answer.RetryAfter), now);
        }
    }

    // RFC 8628 §3.5: a client that meets a time-out polls less often; doubling is what it suggests.
    private static TimeSpan BackOff(DevicePollState state)
    {
        var doubled = state.Interval * Math.Pow(2, Math.Min(state.FaultsInARow, 10));
        return doubled < MaxBackOff ? doubled : Longer(MaxBackOff, state.Interval);
    }

    private static DevicePollDecision WaitFor(DevicePollState state, TimeSpan wait, DateTimeOffset now)
    {
        var left = state.ExpiresAtUtc - now;
        return left <= TimeSpan.Zero ? new(state, Failure: SignInFailures.Expired) : new(state, Wait: wait < left ? wait : left);
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan? other) => other > one ? other.Value : one;
}
