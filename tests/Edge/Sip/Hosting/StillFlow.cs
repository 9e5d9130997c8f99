using System.Net;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>A flow without a socket: what would be sent is kept.</summary>
internal sealed class StillFlow(string remote = "192.0.2.2:5060", string transport = "udp", string local = "192.0.2.1:5060") : Flow
{
    public List<byte[]> Sent { get; } = [];

    public override string Id => $"{transport}:{local}-{remote}";

    public override string Transport => transport;

    public override IPEndPoint Local { get; } = IPEndPoint.Parse(local);

    public override IPEndPoint Remote { get; } = IPEndPoint.Parse(remote);

    public override bool TrySend(ReadOnlyMemory<byte> message)
    {
        Sent.Add(message.ToArray());
        return true;
    }
}
