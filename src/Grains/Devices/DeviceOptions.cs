using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>The bounds of a phone's life.</summary>
public sealed record DeviceOptions
{
    /// <summary>Claims one device holds. Default: 8, more tenants than ever disputed one phone in earnest.</summary>
    public int MaxClaims { get; init; } = 8;

    /// <summary>Candidates remembered per device. Default: 16; the oldest goes, so that a stranger's bootstraps cost nothing.</summary>
    public int MaxCandidates { get; init; } = 16;

    /// <summary>Wrong codes that end a candidate. Default: 5.</summary>
    public int MaxWrongCodesPerCandidate { get; init; } = 5;

    /// <summary>Wrong codes over all candidates that lock a code. Default: 20: one in 50,000 to guess six digits.</summary>
    public int MaxWrongCodesPerCode { get; init; } = 20;

    /// <summary>Flows of one credential with reg-id (RFC 5626). Default: 3.</summary>
    public int MaxFlows { get; init; } = 3;

    /// <summary>How long a promotion is handed out to the address that proved itself. Default: 10 minutes.</summary>
    public TimeSpan HandoutLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a retired credential registers restricted. Default: 30 days.</summary>
    public TimeSpan RetiredLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Shortest expiry of a binding, seconds. Default: 60.</summary>
    public uint MinExpiresSeconds { get; init; } = 60;

    /// <summary>Expiry over UDP when none is asked for, seconds. Default: 300.</summary>
    public uint UdpExpiresSeconds { get; init; } = 300;

    /// <summary>Expiry over TCP and TLS when none is asked for, seconds. Default: 900.</summary>
    public uint StreamExpiresSeconds { get; init; } = 900;

    /// <summary>Longest expiry, seconds; a line's own limit lies within the last tenth below it. Default: 3600, because policy
    /// travels with refreshes.</summary>
    public uint MaxExpiresSeconds { get; init; } = 3600;

    /// <summary>How long a lower CSeq under the same Call-ID is refused. Default: 32 s, a transaction's life (RFC 3261 timer F).</summary>
    public TimeSpan SequenceMemory { get; init; } = TimeSpan.FromSeconds(32);

    /// <summary>How long an edge may answer a phone's unchanged refreshes by itself. Default: 30 minutes, so that what no revocation tells
    /// (the user's name, say) reaches the phone within the hour.</summary>
    public TimeSpan LeaseLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a phone that came by another edge than its lease's gets no lease. Default: 1 hour; behind a balancer that deals out
    /// datagrams a lease would only be moved about.</summary>
    public TimeSpan LeasePause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a restart may take until it is judged. Default: 5 minutes, the slowest boot of a desk phone twice.</summary>
    public TimeSpan RestartDeadline { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a resync or the news of a sign-out may take until it is judged. Default: 5 minutes.</summary>
    public TimeSpan ResyncDeadline { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often one NOTIFY is handed to an edge at most. Default: 8, which with the doubling delay is a quarter of an hour.</summary>
    public int MaxNotifyAttempts { get; init; } = 8;

    /// <summary>The first delay before a NOTIFY without report is handed over again; doubles. Default: 3 s, so that one whose silo died is not
    /// missed for long; an edge that still waits for the phone sends nothing twice.</summary>
    public TimeSpan NotifyRetry { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a sign-in may take. Default: 15 minutes.</summary>
    public TimeSpan SignInLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The tenant whose rules and authority decide on a phone that nobody claimed. Default: <c>default</c>.</summary>
    public string PersonalTenant { get; init; } = "default";

    /// <summary>The gateway's own layer of policy. Default: nothing set.</summary>
    public PhonePolicy GatewayPolicy { get; init; } = new();

    /// <summary>Models with their minimum and approved firmware. Default: the table that comes with the gateway.</summary>
    public CompatibilityTable Compatibility { get; init; } = CompatibilityTable.BuiltIn;

    /// <summary>Every error of these options, for a person; empty when they are good.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Positive(errors, nameof(MaxClaims), MaxClaims);
        Positive(errors, nameof(MaxCandidates), MaxCandidates);
        Positive(errors, nameof(MaxWrongCodesPerCandidate), MaxWrongCodesPerCandidate);
        Positive(errors, nameof(MaxWrongCodesPerCode), MaxWrongCodesPerCode);
        Positive(errors, nameof(MaxFlows), MaxFlows);
        Positive(errors, nameof(MaxNotifyAttempts), MaxNotifyAttempts);
        Positive(errors, nameof(HandoutLifetime), HandoutLifetime.Ticks);
        Positive(errors, nameof(RetiredLifetime), RetiredLifetime.Ticks);
        Positive(errors, nameof(LeaseLifetime), LeaseLifetime.Ticks);
        Positive(errors, nameof(RestartDeadline), RestartDeadline.Ticks);
        Positive(errors, nameof(ResyncDeadline), ResyncDeadline.Ticks);
        Positive(errors, nameof(NotifyRetry), NotifyRetry.Ticks);
        Positive(errors, nameof(SignInLifetime), SignInLifetime.Ticks);
        Positive(errors, nameof(MinExpiresSeconds), MinExpiresSeconds);
        if (UdpExpiresSeconds < MinExpiresSeconds || StreamExpiresSeconds < MinExpiresSeconds)
            errors.Add("UdpExpiresSeconds and StreamExpiresSeconds must not be below MinExpiresSeconds: phones that ask for nothing would be refused.");
        if (MaxExpiresSeconds * 9 / 10 < Math.Max(UdpExpiresSeconds, StreamExpiresSeconds))
            errors.Add("MaxExpiresSeconds must be at least a ninth above the defaults, because each line's limit is spread below it.");
        return errors;
    }

    private static void Positive(List<string> errors, string name, long value)
    {
        if (value <= 0) errors.Add($"{name} is {value}: it must be more than nothing.");
    }
}
