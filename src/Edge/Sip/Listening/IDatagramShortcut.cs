using System.Net;

namespace SipGateway.Edge;

/// <summary>Answers a datagram in the thread that received it.</summary>
internal interface IDatagramShortcut
{
    /// <summary>Answers, or leaves it to the long way.</summary>
    /// <param name="datagram">What came.</param>
    /// <param name="from">From where.</param>
    /// <param name="local">To which listener.</param>
    /// <param name="answer">Where the answer is written; it goes back to where the datagram came from.</param>
    /// <returns>The answer's length; 0: the long way.</returns>
    int Answer(ReadOnlySpan<byte> datagram, SocketAddress from, IPEndPoint local, Span<byte> answer);
}
