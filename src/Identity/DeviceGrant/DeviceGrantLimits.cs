namespace SipGateway.Identity;

/// <summary>The bounds of polling an OpenID Connect server.</summary>
public sealed record DeviceGrantLimits
{
    /// <summary>How often to poll when the server names no interval. Default: 5 s (RFC 8628 §3.2); the embedded directory uses 1
    /// s.</summary>
    public TimeSpan IntervalWhenAbsent { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one request may take. Default: 10 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a code is asked for before the phone is told that the server is away. Default: 3.</summary>
    public int MaxCodeRequests { get; init; } = 3;

    internal IEnumerable<string> Validate(string owner)
    {
        if (IntervalWhenAbsent < TimeSpan.FromMilliseconds(100) || IntervalWhenAbsent > TimeSpan.FromMinutes(1))
        {
            yield return $"{owner}: a polling interval of {IntervalWhenAbsent} is not possible; choose 0.1 to 60 seconds.";
        }

        if (RequestTimeout <= TimeSpan.Zero || RequestTimeout > TimeSpan.FromMinutes(2))
        {
            yield return $"{owner}: a request time-out of {RequestTimeout} is not possible; choose up to 2 minutes.";
        }

        if (MaxCodeRequests < 1)
        {
            yield return $"{owner}: MaxCodeRequests is less than 1; no code would ever be asked for.";
        }
    }
}
