using System.Xml;
using System.Xml.Linq;

namespace SipGateway.PhoneSimulator;

/// <summary>Files in XML as phones read them: no DTD, nothing from elsewhere.</summary>
internal static class XmlFile
{
    /// <summary>The root element; null when it is no well-formed XML.</summary>
    public static XElement? Load(byte[] content)
    {
        try
        {
            using var stream = new MemoryStream(content);
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader).Root;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>A page: its title, its lines, and soft keys from elements of this name.</summary>
    /// <param name="root">The page.</param>
    /// <param name="keyName">The element of a soft key.</param>
    /// <param name="targetName">The element in it that says where it leads.</param>
    public static PhoneScreen Page(XElement root, string keyName, string targetName)
    {
        // A line break is a character, or an element between texts.
        var text = root.Element("Text")?.Nodes().Select(node => node is XText words ? words.Value : "\n") ?? [];
        var lines = string.Concat(text).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
        var keys = root.Elements(keyName).Select(key => KeyValuePair.Create(Text(key, "Label"), Text(key, targetName)));
        return new PhoneScreen(root.Name.LocalName, Text(root, "Title"), [.. lines], [.. keys]);
    }

    private static string Text(XElement parent, string name) => parent.Element(name)?.Value.Trim() ?? "";
}
