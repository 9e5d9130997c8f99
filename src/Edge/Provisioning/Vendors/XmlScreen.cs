using System.Globalization;
using System.Text;
using System.Xml;

namespace SipGateway.Edge;

/// <summary>A page of a phone's XML browser: what the vendors' dialects of it share.</summary>
internal static class XmlScreen
{
    private static readonly XmlWriterSettings Format = new() { OmitXmlDeclaration = true, Indent = true, NewLineChars = "\n" };

    /// <summary>A page with a root element of this name; well-formed whatever the texts are.</summary>
    public static string Render(string root, Action<XmlWriter> write)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, Format))
        {
            writer.WriteStartElement(root);
            write(writer);
            writer.WriteEndElement();
        }

        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text + "\n";
    }

    /// <summary>A page for whoever follows the address of a device that has no screen: title and text.</summary>
    public static string Plain(ScreenFacts screen) => Render("page", page =>
    {
        page.Text("title", screen.Title);
        page.Text("text", string.Join('\n', screen.Lines));
    });

    /// <summary>An element with a text in it.</summary>
    public static void Text(this XmlWriter writer, string name, string text) => writer.WriteElementString(name, Clean(text));

    /// <summary>A number as vendors write them.</summary>
    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What XML cannot carry becomes a blank.</summary>
    public static string Clean(string text) => string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) && c != '\r' ? c : ' '));
}
