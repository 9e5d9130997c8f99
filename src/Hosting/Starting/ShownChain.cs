using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;

namespace SipGateway.Hosting;

/// <summary>What a client sent along with its certificate, as it came. Nobody has judged it; a feature of the connection.</summary>
/// <param name="Others">DER; the client's own is not among them.</param>
/// <param name="IsTooLong">More was sent than a vendor's hierarchy has; none of it was kept.</param>
public sealed record ShownChain(ImmutableArray<byte[]> Others, bool IsTooLong)
{
    /// <summary>Most certificates beside the client's own. Factory hierarchies have one or two issuers below the root.</summary>
    public const int MaxOthers = 6;

    /// <summary>Most octets of all of them. A certificate with a key of 4096 bits has some two thousand.</summary>
    public const int MaxBytes = 32 * 1024;

    /// <summary>Copies what came, because the chain of a handshake lives no longer than the handshake.</summary>
    public static ShownChain Of(X509Certificate own, X509Chain? chain)
    {
        var sent = chain?.ChainPolicy.ExtraStore.Where(c => !c.RawDataMemory.Span.SequenceEqual(own.GetRawCertData())).ToList() ?? [];
        return sent.Count > MaxOthers || sent.Sum(c => (long)c.RawDataMemory.Length) > MaxBytes
            ? new ShownChain([], IsTooLong: true)
            : new ShownChain([.. sent.Select(c => c.RawData)], IsTooLong: false);
    }
}
