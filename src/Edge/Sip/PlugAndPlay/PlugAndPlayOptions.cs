using System.Net;

namespace SipGateway.Edge;

/// <summary>Where phones that look for their provisioning server by multicast are heard.</summary>
public sealed record PlugAndPlayOptions
{
    /// <summary>This machine's address on the phones' network; a wildcard for every network it is on. IPv4: phones ask by nothing else.</summary>
    public required IPAddress Interface { get; init; }

    /// <summary>The port phones ask at. Default: 5060, which no phone lets anybody change.</summary>
    public int Port { get; init; } = 5060;
}
