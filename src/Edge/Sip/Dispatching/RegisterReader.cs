using System.Collections.Immutable;
using System.Globalization;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>A REGISTER as far as it can be read without knowing who sends it (RFC 3261 §10.3, steps 4 to 7).</summary>
/// <param name="RefusalStatus">0, or what to answer once the digest was found right.</param>
/// <param name="RefusalReason">The phrase; null for the customary one.</param>
/// <param name="Contacts">The contacts to bind.</param>
/// <param name="RemoveAll">Whether <c>*</c> with <c>Expires: 0</c> was sent.</param>
internal readonly record struct RegisterReading(
    int RefusalStatus, string? RefusalReason, ImmutableArray<ContactOffer> Contacts, bool RemoveAll);

/// <summary>Reads a REGISTER; pure.</summary>
internal static class RegisterReader
{
    /// <param name="request">The REGISTER.</param>
    /// <param name="sipUser">The user name of its digest.</param>
    /// <param name="isToHostOurs">Whether To names our domain.</param>
    /// <param name="isSecure">Whether it came over TLS.</param>
    public static RegisterReading Read(SipRequest request, string sipUser, bool isToHostOurs, bool isSecure)
    {
        var to = request.To!.Uri;
        var contacts = request.Contacts!;
        if (!to.IsSip)
        {
            return Refuse(400, "To Is No SIP Address");
        }

        if (!isToHostOurs)
        {
            return Refuse(404, null);
        }

        if (!string.Equals(to.User, sipUser, StringComparison.OrdinalIgnoreCase))
        {
            return Refuse(403, null);
        }

        if (to.Scheme == SipUriScheme.Sips && !isSecure)
        {
            return Refuse(400, "SIPS Address Needs TLS");
        }

        if (contacts.IsStar)
        {
            return request.ExpiresSeconds == 0 ? new RegisterReading(0, null, [], true) : Refuse(400, "Contact * Needs Expires 0");
        }

        if (contacts.Addresses.Any(c => !IsServed(c)))
        {
            return Refuse(400, "Malformed Contact");
        }

        return OutboundRules.Refusal(request) is { } refusal
            ? Refuse(refusal.StatusCode, refusal.Reason)
            : new RegisterReading(0, null, [.. contacts.Addresses.Select(c => Offer(c, request))], false);
    }

    private static RegisterReading Refuse(int statusCode, string? reason) => new(statusCode, reason, [], false);

    private static bool IsServed(NameAddress contact) =>
        contact.Uri.IsSip && (!contact.Parameters.Contains("q") || contact.QThousandths() is not null);

    private static ContactOffer Offer(NameAddress contact, SipRequest request) => new()
    {
        Uri = contact.Uri.ToString(),
        CanonicalUri = Canonical(contact.Uri),
        ExpiresSeconds = contact.ExpiresSeconds() ?? request.ExpiresSeconds,
        InstanceId = contact.Instance() ?? string.Empty,
        RegId = OutboundRules.RegId(request, contact),
        Parameters = contact.Parameters.Without("expires").ToString(),
    };

    /// <summary>One spelling for URIs that RFC 3261 §19.1.4 calls equal; parameters are sorted.</summary>
    internal static string Canonical(SipUri uri)
    {
        var user = uri.User is { } name ? Uri.EscapeDataString(name) + "@" : string.Empty;
        var port = uri.Port is { } number ? string.Create(CultureInfo.InvariantCulture, $":{number}") : string.Empty;
        var parameters = uri.Parameters
            .Select(p => ";" + p.Name + (p.Value is null ? string.Empty : "=" + Uri.EscapeDataString(Uri.UnescapeDataString(p.Value))))
            .Select(p => p.ToLowerInvariant())
            .Order(StringComparer.Ordinal);
        var headers = uri.RawHeaders is null ? string.Empty : "?" + uri.RawHeaders;
        return uri.SchemeText.ToLowerInvariant() + ":" + user + uri.Host.ToLowerInvariant() + port + string.Concat(parameters) + headers;
    }
}
