using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>Files whose names carry a phone's MAC.</summary>
internal static class MacFiles
{
    /// <summary>The file; null when the name is none of the pattern's.</summary>
    /// <param name="pattern">Anchored at both ends, with a group <c>mac</c>.</param>
    /// <param name="fileName">Whatever a peer asks for.</param>
    /// <param name="kind">Its place in the boot order.</param>
    public static VendorFile? Route(Regex pattern, string fileName, ConfigFile kind) =>
        pattern.Match(fileName) is { Success: true } match && MacAddress.TryNormalize(match.Groups["mac"].ValueSpan, out var mac)
            ? new VendorFile(kind, mac)
            : null;
}
