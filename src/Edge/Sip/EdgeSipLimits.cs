namespace SipGateway.Edge;

/// <summary>The bounds of the phones' SIP side. Everything a peer can make large, long or many has one.</summary>
public sealed record EdgeSipLimits
{
    /// <summary>
    /// Most requests of one source address in a second. Default: 4,000, an office of that many phones behind one address that
    /// all come back at once.
    /// </summary>
    public int RequestsPerSecondPerSource { get; init; } = 4_000;

    /// <summary>How many requests above that rate one source may send at once. Default: 8,000, two seconds' worth.</summary>
    public int RequestBurstPerSource { get; init; } = 8_000;

    /// <summary>
    /// Wrong digests of one source for one user name that are answered 401; as many again get 503, then the name is banned for that source.
    /// Default: 10, more than a phone with a wrong password sends before <see cref="WrongDigestForgiveness"/> forgives them.
    /// </summary>
    public int WrongDigestsPerName { get; init; } = 10;

    /// <summary>After this time one wrong digest of a source for a name is forgiven. Default: 30 s, the pace of a phone that keeps trying.</summary>
    public TimeSpan WrongDigestForgiveness { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Wrong digests of one source over all names that are answered 401; as many again get 503, then the source is banned. Default: 50, above
    /// what a few phones with wrong passwords send, below what a list of names needs.
    /// </summary>
    public int WrongDigestsPerSource { get; init; } = 50;

    /// <summary>
    /// By so many that number grows with each live registration of the source. Default: 5, because an office behind one address makes an
    /// office's mistakes.
    /// </summary>
    public int WrongDigestsPerLiveBinding { get; init; } = 5;

    /// <summary>After this time one wrong digest of a source over all names is forgiven. Default: 3 s, ten phones that keep trying.</summary>
    public TimeSpan WrongDigestForgivenessPerSource { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a ban lasts when nothing wrong comes any more. Default: 10 min; who guesses on gets some dozen answers an hour.</summary>
    public TimeSpan BanDuration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a ban lasts at most, however much came meanwhile. Default: 1 h; the address may be another's by then.</summary>
    public TimeSpan LongestBan { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Most flows known as those of live registrations: what no ban touches. Default: 524,288, 8 MB, above <see cref="MaxLeases"/>; beyond it
    /// those that end first are forgotten.
    /// </summary>
    public int MaxLiveFlows { get; init; } = 1 << 19;

    /// <summary>
    /// Most registrations of one account in a second, all with the right password; above it comes 503. Default: 20; a phone needs one in
    /// minutes.
    /// </summary>
    public int RegistrationsPerSecondPerDevice { get; init; } = 20;

    /// <summary>How many above that rate one account may send at once. Default: 100, a phone that starts anew a few times.</summary>
    public int RegistrationBurstPerDevice { get; init; } = 100;

    /// <summary>
    /// Most answers in a minute to one phone that asks by multicast where its server is. Default: 10, two boots of a phone that asks five times.
    /// </summary>
    public int PlugAndPlayAnswersPerMinutePerSource { get; init; } = 10;

    /// <summary>
    /// Most such answers in a second to all phones. Default: 20, some 20 KB; a hundred new phones that boot at once have theirs in five seconds,
    /// while they still ask.
    /// </summary>
    public int PlugAndPlayAnswersPerSecond { get; init; } = 20;

    /// <summary>Most open connections. Default: 20,000; each costs a socket and a buffer of 4 KiB, over TLS 40 KB altogether.</summary>
    public int MaxConnections { get; init; } = 20_000;

    /// <summary>Most open connections of one source address. Default: 2,000, a large office behind one address.</summary>
    public int MaxConnectionsPerSource { get; init; } = 2_000;

    /// <summary>
    /// Longest time from the first octet of a message on a connection to its last. Default: 10 s; a phone writes a message at
    /// once.
    /// </summary>
    public TimeSpan MessageDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longest time a connection may say nothing. Default: 65 min, above the longest registration of an hour, so that a phone that only
    /// refreshes keeps its connection. One whose phone is gone ends much sooner: see <see cref="KeepAliveIdle"/>.
    /// </summary>
    public TimeSpan ConnectionIdleTimeout { get; init; } = TimeSpan.FromMinutes(65);

    /// <summary>
    /// Longest time one message may take to be written to a connection. Default: 10 s; a peer that reads nothing for so long is gone.
    /// </summary>
    public TimeSpan WriteDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longest TLS handshake. Default: 10 s; the slowest desk phones need two or three for their side of it.
    /// </summary>
    public TimeSpan HandshakeDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Most TLS handshakes under way. Default: 2,000, a tenth of the connections. Measured at 10 KB for one that stalls and 2 ms of CPU for
    /// one that does not. A connection beyond it is closed before any cryptography, and the phone comes back.
    /// </summary>
    public int MaxHandshakes { get; init; } = 2_000;

    /// <summary>
    /// Most TLS handshakes of one source under way. Default: 500, a quarter of what a source may have open, so that whoever stalls them
    /// leaves room for others, also behind its own address.
    /// </summary>
    public int MaxHandshakesPerSource { get; init; } = 500;

    /// <summary>
    /// After how much silence the kernel asks whether the peer of a connection is still there (TCP keep-alive). Default: 2 min, below the
    /// 5 min after which routers begin to forget idle connections.
    /// </summary>
    public TimeSpan KeepAliveIdle { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Pause between these questions as long as none is answered. Default: 20 s, a Wi-Fi phone's roaming and more.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How many of them go unanswered until the connection is dead. Default: 3, so that a dead phone is known within 3 min.</summary>
    public int KeepAliveProbes { get; init; } = 3;

    /// <summary>
    /// How long what was sent may stay unacknowledged until the connection is dead. Default: 30 s, so that a NOTIFY into nothing is known as
    /// such within its transaction, instead of the quarter of an hour that TCP tries by itself.
    /// </summary>
    public TimeSpan UnacknowledgedTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Most messages that wait to be written to one connection. Default: 64; a peer that reads no faster is gone.</summary>
    public int MaxQueuedMessagesPerConnection { get; init; } = 64;

    /// <summary>Most live transactions. Default: 200,000, about 150 MB; beyond that new ones get 503.</summary>
    public int MaxTransactions { get; init; } = 200_000;

    /// <summary>Most leases. Default: 500,000, about 400 MB; phones beyond it are served by their grains each time.</summary>
    public int MaxLeases { get; init; } = 500_000;

    /// <summary>
    /// How long leases live after the last news of what was revoked. Default: 15 min, so that phones stay registered while silos or
    /// database are away, and nobody signed out stays longer.
    /// </summary>
    public TimeSpan LeaseNewsMaxAge { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Most grain calls in flight. Default: 2,000; beyond that requests get 503 instead of a queue that ends in timeouts.
    /// </summary>
    public int MaxGrainCallsInFlight { get; init; } = 2_000;

    /// <summary>Longest wait for a grain. Default: 4 s, below the 32 s of a SIP transaction and above a storage write.</summary>
    public TimeSpan GrainCallDeadline { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>What Retry-After says with a 503. Default: 10 s.</summary>
    public int RetryAfterSeconds { get; init; } = 10;

    /// <summary>How long a nonce is good. Default: 5 min; an older one costs the phone one more round trip.</summary>
    public TimeSpan NonceLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// What Flow-Timer says to phones that keep a connection by reg-id: within so many seconds they ping. Default: 120 s, below
    /// the 5 min after which routers begin to forget idle connections.
    /// </summary>
    public int FlowTimerSeconds { get; init; } = 120;

    /// <summary>
    /// How long the confirmation after a feature code plays. Default: 3 s, so that BYE follows well within the promised 5 s
    /// of the ACK.
    /// </summary>
    public TimeSpan ConfirmationDuration { get; init; } = TimeSpan.FromSeconds(3);
}
