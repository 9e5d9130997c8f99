using System.Net;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>
/// The way between this edge and one peer (RFC 5626 §3.1): what comes on it is answered on it, and a phone is reached by it
/// again.
/// </summary>
internal abstract class Flow
{
    private volatile bool isProven;

    /// <summary>
    /// This edge's own name for it. The same peer over UDP has the same one also after a restart; each connection has a new
    /// one.
    /// </summary>
    public abstract string Id { get; }

    /// <summary><c>udp</c>, <c>tcp</c> or <c>tls</c>.</summary>
    public abstract string Transport { get; }

    /// <summary>Where the peer's packets arrive.</summary>
    public abstract IPEndPoint Local { get; }

    /// <summary>Where they come from.</summary>
    public abstract IPEndPoint Remote { get; }

    /// <summary>Cancelled when the flow ends; never where nobody can tell (UDP).</summary>
    public virtual CancellationToken Closing => CancellationToken.None;

    /// <summary>Whether the transport retransmits by itself.</summary>
    public bool IsReliable => Transport != "udp";

    /// <summary>
    /// Whether the peer is known to receive what is sent to it: a connection by its handshake, a datagram's sender by what it says, since
    /// anybody can write another's address on a datagram.
    /// </summary>
    public bool IsProven => isProven || IsReliable;

    /// <summary>The peer showed that it is where its packets say.</summary>
    public void Prove() => isProven = true;

    /// <summary>Sends one whole message without waiting for the peer.</summary>
    /// <returns>False when the flow is gone or its queue is full; the message is lost.</returns>
    public abstract bool TrySend(ReadOnlyMemory<byte> message);

    /// <summary>As grains are told it.</summary>
    public FlowFacts Facts(string edgeId) => new() { EdgeId = edgeId, FlowId = Id, Transport = Transport, Source = Remote.ToString() };
}
