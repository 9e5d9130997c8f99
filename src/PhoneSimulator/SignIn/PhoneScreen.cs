using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace SipGateway.PhoneSimulator;

/// <summary>A page of Yealink's XML browser as the phone shows it.</summary>
/// <param name="Kind">The root element, e.g. <c>YealinkIPPhoneTextScreen</c>.</param>
/// <param name="Title">The title; empty when there is none.</param>
/// <param name="Lines">The text, line by line.</param>
/// <param name="SoftKeys">The soft keys: label and where each leads.</param>
public sealed partial record PhoneScreen(
    string Kind, string Title, IReadOnlyList<string> Lines, IReadOnlyList<KeyValuePair<string, string>> SoftKeys)
{
    /// <summary>After how many seconds the phone asks for the page again; 0 for never.</summary>
    public int RefreshSeconds { get; init; }

    /// <summary>The first web address on the page: where the user goes to sign in.</summary>
    public string? SignInUrl => Lines.Select(line => UrlPattern().Match(line))
        .FirstOrDefault(match => match.Success)?.Value.TrimEnd('.', ',', ')');

    /// <summary>The pairing code: a group of at least six capitals and digits, perhaps with hyphens, outside the address.</summary>
    public string? PairingCode => Lines.Select(line => CodePattern().Match(UrlPattern().Replace(line, " ")))
        .FirstOrDefault(match => match.Success)?.Value;

    /// <summary>Title and lines.</summary>
    public override string ToString() => string.Join(" | ", Lines.Prepend(Title).Where(line => line.Length > 0));

    /// <summary>Reads a page.</summary>
    /// <returns>Null when it is no XML, or no page of Yealink's browser: the phone shows an error.</returns>
    public static PhoneScreen? Parse(byte[] content)
    {
        try
        {
            using var stream = new MemoryStream(content);
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var reader = XmlReader.Create(stream, settings);
            var root = XDocument.Load(reader).Root!;
            return root.Name.LocalName.StartsWith("YealinkIPPhone", StringComparison.Ordinal) ? Read(root) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static PhoneScreen Read(XElement root)
    {
        var title = Text(root, "Title");
        var lines = root.Descendants()
            .Where(element => element.Name.LocalName is "Text" or "Line" or "Prompt" or "Message" && !element.HasElements)
            .SelectMany(element => element.Value.Split('\n'))
            .Select(line => line.Trim())
            .Where(line => line.Length > 0);
        var keys = root.Descendants("SoftKey")
            .Select(key => KeyValuePair.Create(Text(key, "Label"), Text(key, "URI")));
        return new PhoneScreen(root.Name.LocalName, title, [.. lines], [.. keys]);
    }

    private static string Text(XElement parent, string name) => parent.Element(name)?.Value.Trim() ?? string.Empty;

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex UrlPattern();

    [GeneratedRegex(@"\b(?=[A-Z0-9-]*[A-Z0-9]{3})[A-Z0-9]{3,}(?:-[A-Z0-9]{3,})+\b|\b[A-Z0-9]{6,12}\b")]
    private static partial Regex CodePattern();
}
