using System.Net;

namespace SipGateway.Edge;

/// <summary>Answers a message in the thread that received it.</summary>
internal interface IShortcut
{
    /// <summary>Answers a datagram, or leaves it to the long way.</summary>
    /// <param name="datagram">What came.</param>
    /// <param name="from">From where.</param>
    /// <param name="local">To which listener.</param>
    /// <param name="answer">Where the answer is written; it goes back to where the datagram came from.</param>
    /// <returns>The answer's length; 0: the long way.</returns>
    int Answer(ReadOnlySpan<byte> datagram, SocketAddress from, IPEndPoint local, Span<byte> answer);

    /// <summary>Answers what stands first on a connection, or leaves it to the long way.</summary>
    /// <param name="stream">All that came and was not read yet; whole or not.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="answer">Where the answer is written.</param>
    /// <param name="consumed">How much of the stream the answered message was.</param>
    /// <returns>The answer's length; 0: the long way.</returns>
    int Answer(ReadOnlySpan<byte> stream, StreamFlow connection, Span<byte> answer, out int consumed);
}
