namespace SipGateway.PhoneSimulator;

/// <content>The keypad.</content>
public sealed partial class SimulatedPhone
{
    /// <summary>Dials and waits for the final answer. An answered call goes on until either side ends it.</summary>
    /// <param name="digits">What the user types, e.g. <c>*55*123456#</c>; what cannot stand in a URI is escaped, so <c>#</c>
    /// goes out as <c>%23</c>.</param>
    /// <param name="line">The account number. Default: 1.</param>
    /// <param name="cancellation">Gives up early.</param>
    /// <exception cref="InvalidOperationException">The phone has no such line, or the line has no connection.</exception>
    public Task<SimulatedCall> DialAsync(string digits, int line = 1, CancellationToken cancellation = default) => Line(line) is { } found
        ? found.DialAsync(digits, cancellation)
        : throw new InvalidOperationException($"The phone has no account {line}.");
}
