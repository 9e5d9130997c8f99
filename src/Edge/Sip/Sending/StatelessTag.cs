using System.Globalization;
using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>
/// A tag that the same request always gets in this process: a stateless answer to a retransmission is the same answer, whichever way it took.
/// </summary>
internal static class StatelessTag
{
    /// <summary>As a response has it.</summary>
    public static string Of(SipRequest request) =>
        Of(Octets(request, SipHeaderName.CallId), Octets(request, SipHeaderName.From), request.CSeq?.Number ?? 0).ToString("x8", CultureInfo.InvariantCulture);

    /// <param name="callId">The Call-ID as received.</param>
    /// <param name="from">From as received.</param>
    /// <param name="sequence">The CSeq's number.</param>
    public static uint Of(ReadOnlySpan<byte> callId, ReadOnlySpan<byte> from, uint sequence)
    {
        var hash = default(HashCode);
        hash.AddBytes(callId);
        hash.Add(sequence);
        hash.AddBytes(from);
        return (uint)hash.ToHashCode();
    }

    private static ReadOnlySpan<byte> Octets(SipRequest request, SipHeaderName name) =>
        request.TryGetHeader(name, out var header) ? header.RawValue.Span : default;
}
