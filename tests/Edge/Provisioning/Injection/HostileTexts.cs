using System.Text;
using System.Xml;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>Texts that would like to be something else: by what they try.</summary>
internal static class HostileTexts
{
    public static readonly Dictionary<string, string> All = new(StringComparer.Ordinal)
    {
        ["template"] = "{{SipPassword}}", ["raw template"] = "{{{SipPassword}}}", ["template helper"] = "{{#each Settings}}{{Key}}{{/each}}",
        ["template end"] = "a}}b}}}",
        ["template partial"] = "{{> device}}", ["line ends"] = "a\r\nb = 1\nc: 2\rP2=\"3\"",
        ["line separators"] = "a\u2028b = 1\u2029c\u0085d: 2\u000be\u000cf", ["tab"] = "a\tb",
        ["entities"] = "&lt;&#60;&e;&amp", ["cdata end"] = "a]]>b<![CDATA[c", ["doctype"] = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;",
        ["elements"] = "</P3><P2>evil</P2><P3>", ["attributes"] = "a\" reg.1.address=\"evil", ["apostrophe"] = "a' b='c", ["comment end"] = "--><b/><!--",
        ["instruction"] = "<?xml version=\"1.0\"?>", ["percent"] = "%00%0a%0d%NULL%",
        ["zero"] = "a\0b\u0001\u001b[2Jc", ["path"] = "../../../etc/passwd", ["comments"] = "# a ; b // c",
        ["not characters"] = "a\ufffeb\uffffc", ["half a pair"] = "a\ud800b", ["from right to left"] = "\u202e\u200fabc",
        ["beyond the plane"] = "\U0001f4de Ann", ["shell"] = "$(id)`id`|id\\",
    };

    /// <summary>
    /// The text as it can stand in a vendor's file: what ends a line and what is no character of XML is a blank; between quotes that know no
    /// escape a quote is an apostrophe. Everything else comes back as it is.
    /// </summary>
    public static string Carried(string text, string vendor, bool isXml)
    {
        var isQuoted = vendor is "mitel" or "panasonic" or "audiocodesmp";
        var carried = text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' '
            : isXml && !char.IsSurrogate(c) && !XmlConvert.IsXmlChar(c) ? ' '
            : isQuoted && c == '"' ? '\''
            : c);

        // As it goes out.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(string.Concat(carried)));
    }
}
