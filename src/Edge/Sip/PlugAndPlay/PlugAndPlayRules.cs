using System.Net;
using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>Which SUBSCRIBE asks for a provisioning server, and where its answers go: to its sender and to nobody else.</summary>
internal static class PlugAndPlayRules
{
    private const string EventType = "ua-profile";
    private const string AcceptedType = "application/url";

    // Its phones take the URL for that of a file, and fill in their model's name.
    private const string FileVendor = "panasonic";

    /// <summary>Whether a phone asks where its configuration is: not within a dialog, and for an address.</summary>
    public static bool Asks(SipRequest request) =>
        request.Method == SipMethod.Subscribe && request.To is { Tag: null } && Event(request) is not null
        && (request.GetText(SipHeaderName.Accept) is not { } accepted || accepted.Contains(AcceptedType, StringComparison.OrdinalIgnoreCase));

    /// <summary>The address that this phone is given.</summary>
    public static string UrlFor(SipRequest request, string provisioningRoot)
    {
        var isForAFile = FileVendor.Equals(Event(request)?.Parameters["vendor"], StringComparison.OrdinalIgnoreCase);
        return $"{provisioningRoot}/pnp/{(isForAFile ? "{MODEL}.cfg" : "")}";
    }

    /// <summary>Where the NOTIFY goes: to the port in Contact, at the address that the request came from.</summary>
    /// <param name="request">The SUBSCRIBE.</param>
    /// <param name="answered">Where its response goes.</param>
    public static IPEndPoint NotifyTarget(SipRequest request, IPEndPoint answered) =>
        ContactOf(request) is { } contact && IPAddress.TryParse(contact.Host, out var host) && host.Equals(answered.Address)
            && (contact.Port ?? 5060) is > 0 and <= 65_535 and var port
            ? new IPEndPoint(answered.Address, port)
            : answered;

    /// <summary>The only Contact; null when there is none that a request can be sent to.</summary>
    public static SipUri? ContactOf(SipRequest request) =>
        request.Contacts is { Addresses: [{ Uri: { Scheme: SipUriScheme.Sip, RawHeaders: null } uri }] } ? uri : null;

    private static EventHeader? Event(SipRequest request) =>
        request.Event is { } of && of.Type.Equals(EventType, StringComparison.OrdinalIgnoreCase) ? of : null;
}
