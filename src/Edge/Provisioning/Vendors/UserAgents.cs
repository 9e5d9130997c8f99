using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>Phones by the named groups <c>model</c>, <c>fw</c> and <c>mac</c> of their user agents.</summary>
internal static class UserAgents
{
    /// <summary>The phone; null when it is none of this vendor's, or says an address that is none.</summary>
    /// <param name="pattern">Anchored at both ends.</param>
    /// <param name="vendor">The vendor's name.</param>
    /// <param name="userAgent">Whatever a peer says.</param>
    public static RecognizedPhone? Read(Regex pattern, string vendor, string userAgent)
    {
        var match = pattern.Match(userAgent);
        if (!match.Success) return null;
        var mac = match.Groups["mac"];
        return MacAddress.TryNormalize(mac.ValueSpan, out var normal) || !mac.Success
            ? new RecognizedPhone(vendor, match.Groups["model"].Value, match.Groups["fw"].Value, normal)
            : null;
    }
}
