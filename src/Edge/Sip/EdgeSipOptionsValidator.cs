namespace SipGateway.Edge;

/// <summary>Says everything that is wrong with the options, all at once.</summary>
public static class EdgeSipOptionsValidator
{
    /// <summary>One sentence for each fault; empty when there is none.</summary>
    public static IReadOnlyList<string> Validate(EdgeSipOptions options) =>
    [
        .. Addresses(options),
        .. Limits(options.Limits),
    ];

    private static IEnumerable<string> Addresses(EdgeSipOptions options)
    {
        if (options.EdgeId.Length is 0 or > 64 || options.EdgeId.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
        {
            yield return "The edge's name has 1 to 64 letters, digits, dots, hyphens and underscores.";
        }

        if (options.Port is < 0 or > 65535)
        {
            yield return $"--sip-port is {options.Port}; a port is 0 to 65535.";
        }

        if (options.TlsPort is < 0 or > 65535)
        {
            yield return $"--sips-port is {options.TlsPort}; a port is 0 to 65535.";
        }

        if (options.Certificate is not null && options.TlsPort != 0 && options.TlsPort == options.Port)
        {
            yield return $"--sips-port and --sip-port are both {options.Port}; TLS needs a port of its own.";
        }

        if (string.IsNullOrWhiteSpace(options.PublicHost)
            || Uri.CheckHostName(options.PublicHost.Trim('[', ']')) == UriHostNameType.Unknown)
        {
            yield return $"--public-host is \"{options.PublicHost}\"; give a host name or an address that phones can reach.";
        }

        if (string.IsNullOrWhiteSpace(options.Domain) || Uri.CheckHostName(options.Domain.Trim('[', ']')) == UriHostNameType.Unknown)
        {
            yield return $"--sip-domain is \"{options.Domain}\"; give a host name or an address.";
        }

        if (options.FirstRtpPort < 1024 || options.LastRtpPort > 65535 || options.LastRtpPort - options.FirstRtpPort < 1)
        {
            yield return $"--rtp-ports is {options.FirstRtpPort}-{options.LastRtpPort}; give two ports or more between 1024 and 65535.";
        }

        if (options.UdpThreads is < 1 or > 64)
        {
            yield return $"UdpThreads is {options.UdpThreads}; give 1 to 64.";
        }
    }

    private static IEnumerable<string> Limits(EdgeSipLimits limits)
    {
        (string Name, int Value)[] counts =
        [
            (nameof(limits.RequestsPerSecondPerSource), limits.RequestsPerSecondPerSource),
            (nameof(limits.RequestBurstPerSource), limits.RequestBurstPerSource),
            (nameof(limits.WrongDigestsPerName), limits.WrongDigestsPerName),
            (nameof(limits.WrongDigestsPerSource), limits.WrongDigestsPerSource),
            (nameof(limits.MaxLiveFlows), limits.MaxLiveFlows),
            (nameof(limits.RegistrationsPerSecondPerDevice), limits.RegistrationsPerSecondPerDevice),
            (nameof(limits.RegistrationBurstPerDevice), limits.RegistrationBurstPerDevice),
            (nameof(limits.PlugAndPlayAnswersPerMinutePerSource), limits.PlugAndPlayAnswersPerMinutePerSource),
            (nameof(limits.PlugAndPlayAnswersPerSecond), limits.PlugAndPlayAnswersPerSecond),
            (nameof(limits.MaxConnections), limits.MaxConnections),
            (nameof(limits.MaxConnectionsPerSource), limits.MaxConnectionsPerSource),
            (nameof(limits.MaxQueuedMessagesPerConnection), limits.MaxQueuedMessagesPerConnection),
            (nameof(limits.MaxHandshakes), limits.MaxHandshakes),
            (nameof(limits.MaxHandshakesPerSource), limits.MaxHandshakesPerSource),
            (nameof(limits.KeepAliveProbes), limits.KeepAliveProbes),
            (nameof(limits.MaxTransactions), limits.MaxTransactions),
            (nameof(limits.MaxGrainCallsInFlight), limits.MaxGrainCallsInFlight),
            (nameof(limits.RetryAfterSeconds), limits.RetryAfterSeconds),
        ];
        foreach (var (name, value) in counts.Where(c => c.Value < 1))
        {
            yield return $"{name} is {value}; give 1 or more.";
        }

        if (limits.WrongDigestsPerLiveBinding < 0)
        {
            yield return $"{nameof(limits.WrongDigestsPerLiveBinding)} is {limits.WrongDigestsPerLiveBinding}; give 0 or more.";
        }

        if (limits.WrongDigestForgiveness <= TimeSpan.Zero || limits.WrongDigestForgivenessPerSource <= TimeSpan.Zero
            || limits.BanDuration <= TimeSpan.Zero || limits.LongestBan < limits.BanDuration)
        {
            yield return "WrongDigestForgiveness, WrongDigestForgivenessPerSource and BanDuration are longer than 0, LongestBan no shorter than BanDuration.";
        }

        if (limits.GrainCallDeadline <= TimeSpan.Zero || limits.GrainCallDeadline >= TimeSpan.FromSeconds(32))
        {
            yield return "GrainCallDeadline lies between 0 and the 32 s of a SIP transaction.";
        }

        if (limits.ConfirmationDuration <= TimeSpan.Zero || limits.ConfirmationDuration > TimeSpan.FromSeconds(4.5))
        {
            yield return "ConfirmationDuration lies between 0 and 4.5 s, because BYE follows within 5 s of the ACK.";
        }

        (string Name, TimeSpan Value)[] times =
        [
            (nameof(limits.MessageDeadline), limits.MessageDeadline),
            (nameof(limits.ConnectionIdleTimeout), limits.ConnectionIdleTimeout),
            (nameof(limits.WriteDeadline), limits.WriteDeadline),
            (nameof(limits.HandshakeDeadline), limits.HandshakeDeadline),
            (nameof(limits.NonceLifetime), limits.NonceLifetime),
        ];
        foreach (var (name, _) in times.Where(t => t.Value <= TimeSpan.Zero))
        {
            yield return $"{name} is longer than 0.";
        }

        // The kernel counts these in whole seconds, up to its own bound of 32,767.
        (string Name, TimeSpan Value)[] seconds =
        [
            (nameof(limits.KeepAliveIdle), limits.KeepAliveIdle),
            (nameof(limits.KeepAliveInterval), limits.KeepAliveInterval),
            (nameof(limits.UnacknowledgedTimeout), limits.UnacknowledgedTimeout),
        ];
        foreach (var (name, _) in seconds.Where(t => t.Value.TotalSeconds is < 1 or > 32_767))
        {
            yield return $"{name} is 1 s to 32,767 s.";
        }
    }
}
