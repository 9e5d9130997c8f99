using System.Text;
using Name = SipGateway.Sip.SipHeaderName;

namespace SipGateway.Sip;

/// <summary>The spelling of known headers: long form, and the compact form where the registry has one.</summary>
public static class SipHeaderNames
{
    private static readonly (Name Name, string Text, char Compact)[] Table =
    [
        (Name.Accept, "Accept", '\0'), (Name.AcceptContact, "Accept-Contact", 'a'), (Name.AcceptEncoding, "Accept-Encoding", '\0'),
        (Name.AcceptLanguage, "Accept-Language", '\0'), (Name.AlertInfo, "Alert-Info", '\0'), (Name.Allow, "Allow", '\0'),
        (Name.AllowEvents, "Allow-Events", 'u'), (Name.AuthenticationInfo, "Authentication-Info", '\0'),
        (Name.Authorization, "Authorization", '\0'), (Name.CallId, "Call-ID", 'i'), (Name.CallInfo, "Call-Info", '\0'),
        (Name.Contact, "Contact", 'm'), (Name.ContentDisposition, "Content-Disposition", '\0'),
        (Name.ContentEncoding, "Content-Encoding", 'e'), (Name.ContentLanguage, "Content-Language", '\0'),
        (Name.ContentLength, "Content-Length", 'l'), (Name.ContentType, "Content-Type", 'c'), (Name.CSeq, "CSeq", '\0'),
        (Name.Date, "Date", '\0'), (Name.Diversion, "Diversion", '\0'), (Name.ErrorInfo, "Error-Info", '\0'),
        (Name.Event, "Event", 'o'), (Name.Expires, "Expires", '\0'), (Name.FlowTimer, "Flow-Timer", '\0'), (Name.From, "From", 'f'),
        (Name.HistoryInfo, "History-Info", '\0'), (Name.Identity, "Identity", 'y'), (Name.InReplyTo, "In-Reply-To", '\0'),
        (Name.MaxForwards, "Max-Forwards", '\0'), (Name.MimeVersion, "MIME-Version", '\0'), (Name.MinExpires, "Min-Expires", '\0'),
        (Name.MinSE, "Min-SE", '\0'), (Name.Organization, "Organization", '\0'),
        (Name.PAccessNetworkInfo, "P-Access-Network-Info", '\0'), (Name.PAssertedIdentity, "P-Asserted-Identity", '\0'),
        (Name.Path, "Path", '\0'), (Name.PPreferredIdentity, "P-Preferred-Identity", '\0'), (Name.Priority, "Priority", '\0'),
        (Name.Privacy, "Privacy", '\0'), (Name.ProxyAuthenticate, "Proxy-Authenticate", '\0'),
        (Name.ProxyAuthenticationInfo, "Proxy-Authentication-Info", '\0'), (Name.ProxyAuthorization, "Proxy-Authorization", '\0'),
        (Name.ProxyRequire, "Proxy-Require", '\0'), (Name.RAck, "RAck", '\0'), (Name.Reason, "Reason", '\0'),
        (Name.RecordRoute, "Record-Route", '\0'), (Name.ReferTo, "Refer-To", 'r'), (Name.ReferredBy, "Referred-By", 'b'),
        (Name.RejectContact, "Reject-Contact", 'j'), (Name.Replaces, "Replaces", '\0'), (Name.ReplyTo, "Reply-To", '\0'),
        (Name.RequestDisposition, "Request-Disposition", 'd'), (Name.Require, "Require", '\0'), (Name.RetryAfter, "Retry-After", '\0'),
        (Name.Route, "Route", '\0'), (Name.RSeq, "RSeq", '\0'), (Name.Server, "Server", '\0'), (Name.ServiceRoute, "Service-Route", '\0'),
        (Name.SessionExpires, "Session-Expires", 'x'), (Name.SipETag, "SIP-ETag", '\0'), (Name.SipIfMatch, "SIP-If-Match", '\0'),
        (Name.Subject, "Subject", 's'), (Name.SubscriptionState, "Subscription-State", '\0'), (Name.Supported, "Supported", 'k'),
        (Name.Timestamp, "Timestamp", '\0'), (Name.To, "To", 't'), (Name.Unsupported, "Unsupported", '\0'),
        (Name.UserAgent, "User-Agent", '\0'), (Name.Via, "Via", 'v'), (Name.Warning, "Warning", '\0'),
        (Name.WwwAuthenticate, "WWW-Authenticate", '\0'),
    ];

    private static readonly string[] Texts = MakeTexts();
    private static readonly Name[] CompactForms = MakeCompactForms();
    private static readonly (Name Name, byte[] Text)[][] ByLength = MakeByLength();

    /// <summary>The long form as RFC 3261 and its successors spell it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">For <see cref="SipHeaderName.Unknown"/>, which has no spelling.</exception>
    public static string Text(this Name name) => name != Name.Unknown && (int)name < Texts.Length
        ? Texts[(int)name]
        : throw new ArgumentOutOfRangeException(nameof(name), name, "An unknown header has no known spelling.");

    /// <summary>The member for a name as received, in any case, long or compact.</summary>
    internal static Name Find(ReadOnlySpan<byte> text)
    {
        if (text.Length == 1)
        {
            var letter = (text[0] | 0x20) - 'a';
            return letter is >= 0 and < 26 ? CompactForms[letter] : Name.Unknown;
        }

        if (text.Length < ByLength.Length)
        {
            foreach (var (name, spelling) in ByLength[text.Length])
            {
                if (Ascii.EqualsIgnoreCase(text, spelling))
                {
                    return name;
                }
            }
        }

        return Name.Unknown;
    }

    private static string[] MakeTexts()
    {
        var texts = new string[(int)Name.WwwAuthenticate + 1];
        foreach (var (name, text, _) in Table)
        {
            texts[(int)name] = text;
        }

        return texts;
    }

    private static Name[] MakeCompactForms()
    {
        var forms = new Name[26];
        foreach (var (name, _, compact) in Table.Where(row => row.Compact != '\0'))
        {
            forms[compact - 'a'] = name;
        }

        return forms;
    }

    private static (Name, byte[])[][] MakeByLength() =>
    [
        .. Enumerable.Range(0, Table.Max(row => row.Text.Length) + 1).Select(length => Table
            .Where(row => row.Text.Length == length)
            .Select(row => (row.Name, Encoding.ASCII.GetBytes(row.Text)))
            .ToArray()),
    ];
}
