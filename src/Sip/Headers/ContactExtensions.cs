using System.Globalization;
using System.Text;

namespace SipGateway.Sip;

/// <summary>The parameters that a Contact value has by RFC 3261 §20.10 and RFC 5626.</summary>
public static class ContactExtensions
{
    /// <summary>The expires parameter in seconds; null when absent. A malformed one counts as 3600 (RFC 3261 §20.10), a huge
    /// one as 2^32 − 1.</summary>
    public static uint? ExpiresSeconds(this NameAddress contact)
    {
        if (!contact.Parameters.TryGet("expires", out var text))
        {
            return null;
        }

        return text is not null && SipNumber.TryParseSeconds(Encoding.UTF8.GetBytes(text), out var seconds) ? seconds : 3600;
    }

    /// <summary>The q parameter in thousandths, 0 to 1000; null when it is absent or breaks the grammar of qvalue (at most
    /// three decimals).</summary>
    public static int? QThousandths(this NameAddress contact)
    {
        if (contact.Parameters["q"] is not { Length: >= 1 and <= 5 } text
            || text[0] is not ('0' or '1') || (text.Length > 1 && text[1] != '.'))
        {
            return null;
        }

        var decimals = text.Length > 2 ? text[2..] : "0";
        return int.TryParse(decimals.PadRight(3, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var fraction)
            && (text[0] == '0' || fraction == 0) ? ((text[0] - '0') * 1000) + fraction : null;
    }

    /// <summary>The <c>+sip.instance</c> parameter without quotes, <c>&lt;urn:uuid:…&gt;</c> (RFC 5626 §4.1); null when absent.</summary>
    public static string? Instance(this NameAddress contact) => contact.Parameters["+sip.instance"];

    /// <summary>The reg-id parameter, 1 to 2^31 − 1 (RFC 5626 §4.2); null when it is absent or no such number.</summary>
    public static int? RegId(this NameAddress contact) =>
        int.TryParse(contact.Parameters["reg-id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
}
