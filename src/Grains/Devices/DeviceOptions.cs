namespace SipGateway.Grains;

/// <summary>The bounds of a device's life.</summary>
public sealed record DeviceOptions
{
    /// <summary>Tenants that may claim one MAC. Default 8: a MAC with more claimants is a mistake or an attack.</summary>
    public int MaxClaims { get; init; } = 8;

    /// <summary>Candidates remembered. Default 16; older ones go, because anybody can make more.</summary>
    public int MaxCandidates { get; init; } = 16;

    /// <summary>Wrong codes that end a candidate. Default 5.</summary>
    public int MaxWrongCodesOfCandidate { get; init; } = 5;

    /// <summary>Wrong codes over all candidates that lock a code. Default 20: 20 of 10^6 is what a guesser gets.</summary>
    public int MaxWrongCodes { get; init; } = 20;

    /// <summary>Flows of one credential (RFC 5626). Default 3.</summary>
    public int MaxFlows { get; init; } = 3;

    /// <summary>Shortest registration. Default 60 s; shorter ones get 423.</summary>
    public uint MinExpiresSeconds { get; init; } = 60;

    /// <summary>Longest registration. Default 3600 s, a tenth less for some lines, so that phones that booted together drift apart.</summary>
    public uint MaxExpiresSeconds { get; init; } = 3600;

    /// <summary>Registration over UDP when the phone asks for none. Default 300 s: a NAT forgets soon.</summary>
    public uint UdpExpiresSeconds { get; init; } = 300;

    /// <summary>The same over TCP and TLS. Default 900 s.</summary>
    public uint StreamExpiresSeconds { get; init; } = 900;

    /// <summary>How long an older CSeq of the same Call-ID is refused. Default 32 s, the life of a transaction; later it is a rebooted phone.</summary>
    public TimeSpan OrderWindow { get; init; } = TimeSpan.FromSeconds(32);

    /// <summary>How long a promoted candidate may fetch what it got. Default 10 minutes.</summary>
    public TimeSpan HandoutWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a retired credential is known. Default 30 days: a phone may be off over the holidays.</summary>
    public TimeSpan RetiredLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Retired credentials kept. Default 8.</summary>
    public int MaxRetired { get; init; } = 8;

    /// <summary>How long a restart or resync may take. Default 5 minutes: a phone with new firmware takes three.</summary>
    public TimeSpan OperationDeadline { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Wait before a NOTIFY without an answer is sent again; doubles. Default 40 s, more than a transaction lives.</summary>
    public TimeSpan PushRetry { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How often a NOTIFY is sent. Default 4.</summary>
    public int MaxPushAttempts { get; init; } = 4;

    /// <summary>How long an authority may take to give a pairing code. Default 60 s.</summary>
    public TimeSpan SignInPreparation { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a pending sign-in is handed to a runner again, in case the one that had it is gone. Default 30 s.</summary>
    public TimeSpan SignInCheck { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Every error of these options, one sentence each; empty when they are good.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        AtLeast(errors, nameof(MaxClaims), MaxClaims, 1);
        AtLeast(errors, nameof(MaxCandidates), MaxCandidates, 1);
        AtLeast(errors, nameof(MaxWrongCodesOfCandidate), MaxWrongCodesOfCandidate, 1);
        AtLeast(errors, nameof(MaxWrongCodes), MaxWrongCodes, MaxWrongCodesOfCandidate);
        AtLeast(errors, nameof(MaxFlows), MaxFlows, 1);
        AtLeast(errors, nameof(MinExpiresSeconds), MinExpiresSeconds, 1);
        AtLeast(errors, nameof(MaxExpiresSeconds), MaxExpiresSeconds, MinExpiresSeconds);
        AtLeast(errors, nameof(MaxRetired), MaxRetired, 1);
        AtLeast(errors, nameof(MaxPushAttempts), MaxPushAttempts, 1);
        foreach (var (name, value) in new[] { (nameof(HandoutWindow), HandoutWindow), (nameof(RetiredLifetime), RetiredLifetime), (nameof(OperationDeadline), OperationDeadline), (nameof(PushRetry), PushRetry), (nameof(SignInPreparation), SignInPreparation), (nameof(SignInCheck), SignInCheck) })
        {
            if (value <= TimeSpan.Zero) errors.Add($"{name} is {value}: it must be more than nothing.");
        }

        return errors;
    }

    private static void AtLeast(List<string> errors, string name, long value, long least)
    {
        if (value < least) errors.Add($"{name} is {value}: it must be at least {least}.");
    }
}
