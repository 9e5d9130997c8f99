using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>One account as the configuration has it. Two equal ones are the same account: nothing is registered anew.</summary>
internal sealed record AccountSettings
{
    public required int Number { get; init; }

    public required string UserName { get; init; }

    public required string AuthenticationName { get; init; }

    public required string Password { get; init; }

    public required string Server { get; init; }

    public required int Port { get; init; }

    public required PhoneTransport Transport { get; init; }

    public required int ExpiresSeconds { get; init; }

    public required int KeepAliveSeconds { get; init; }

    public string? DisplayName { get; init; }

    public string Label { get; init; } = string.Empty;

    public required string UserAgent { get; init; }

    public (string Host, int Port)? OutboundProxy { get; init; }

    /// <summary>Where its packets go when the first says nothing.</summary>
    public (string Host, int Port)? SecondProxy { get; init; }

    /// <summary>The address of record.</summary>
    public SipUri Address => SipUri.Create(UserName, Server);

    /// <summary>Where its packets go: the next when one says nothing, and the first again after the last.</summary>
    public IReadOnlyList<(string Host, int Port)> NextHops =>
        SecondProxy is { } second ? [OutboundProxy ?? (Server, Port), second] : [OutboundProxy ?? (Server, Port)];

    /// <summary>Names no secret.</summary>
    public override string ToString() => $"account {Number} {Label}";
}
