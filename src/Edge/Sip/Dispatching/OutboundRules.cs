using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>Several flows of one phone (RFC 5626 §6) and proxies that want to stay in the way (RFC 3327 §5.3); pure.</summary>
internal static class OutboundRules
{
    /// <summary>What is understood in Require and offered in Supported.</summary>
    public const string Supported = "path, outbound";

    /// <summary>reg-id counts only beside an instance, and only for a phone that says it knows outbound.</summary>
    /// <returns>0 when it does not count.</returns>
    public static int RegId(SipRequest request, NameAddress contact) =>
        contact.Instance() is { Length: > 0 } && contact.RegId() is { } id && Knows(request, "outbound") ? id : 0;

    /// <summary>Why a REGISTER cannot be served as asked; null when it can.</summary>
    public static (int StatusCode, string? Reason)? Refusal(SipRequest request)
    {
        if (request.CountOf(SipHeaderName.Path) > 0)
        {
            if (request.Paths is null)
            {
                return (400, "Malformed Path");
            }

            if (!Knows(request, "path"))
            {
                return (421, null);
            }
        }

        var flows = request.Contacts!.Addresses.Count(c => RegId(request, c) > 0 && (c.ExpiresSeconds() ?? request.ExpiresSeconds) != 0);
        return flows switch
        {
            0 => null,
            1 => IsFirstHopOutbound(request) ? null : (439, null),
            _ => (400, "One reg-id At A Time"),
        };
    }

    // The first hop is this edge itself, or a proxy that promises by "ob" to bring requests back over the phone's flow.
    private static bool IsFirstHopOutbound(SipRequest request) =>
        request.Vias is { Count: 1 } || (request.Paths is { Count: > 0 } paths && paths[^1].Uri.Parameters.Contains("ob"));

    private static bool Knows(SipRequest request, string tag) =>
        (request.Supported?.Contains(tag, StringComparer.OrdinalIgnoreCase) ?? false)
        || (request.Require?.Contains(tag, StringComparer.OrdinalIgnoreCase) ?? false);
}
