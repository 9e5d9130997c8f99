namespace SipGateway.Sip.Transactions;

/// <summary>The times of RFC 3261 §17.1.1.1, from which every timer follows.</summary>
public sealed record TransactionTimers
{
    /// <summary>The defaults.</summary>
    public static readonly TransactionTimers Default = new();

    /// <summary>Estimate of one round trip. Default: 500 ms, RFC 3261's.</summary>
    public TimeSpan T1 { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest pause between retransmissions. Default: 4 s, RFC 3261's.</summary>
    public TimeSpan T2 { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a message stays in the network. Default: 5 s, RFC 3261's.</summary>
    public TimeSpan T4 { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an INVITE may go without any answer. Default: 200 ms, RFC 3261 §17.2.1.</summary>
    public TimeSpan TryingDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>64 × T1: after this a transaction gives up; 32 s by default.</summary>
    public TimeSpan Timeout => 64 * T1;

    /// <summary>The pause after this one: twice as long, T2 at most.</summary>
    public TimeSpan Next(TimeSpan interval) => interval * 2 < T2 ? interval * 2 : T2;
}
