using System.Text;
using System.Xml;

namespace SipGateway.Edge;

/// <summary>A page of Yealink's XML browser: a text screen with soft keys.</summary>
internal static class YealinkScreen
{
    private const string ExitKey = "SoftKey:Exit";

    private static readonly XmlWriterSettings Format = new() { OmitXmlDeclaration = true, Indent = true, NewLineChars = "\n" };

    /// <summary>Well-formed whatever the texts are: what XML cannot carry becomes a blank.</summary>
    public static string Render(ScreenFacts screen)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, Format))
        {
            writer.WriteStartElement("YealinkIPPhoneTextScreen");
            writer.WriteAttributeString("Beep", "no");
            writer.WriteAttributeString("LockIn", "no");
            writer.WriteElementString("Title", Clean(screen.Title));
            writer.WriteElementString("Text", Clean(string.Join('\n', screen.Lines)));
            for (var i = 0; i < screen.Keys.Count; i++)
            {
                writer.WriteStartElement("SoftKey");
                writer.WriteAttributeString("index", (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
                writer.WriteElementString("Label", Clean(screen.Keys[i].Label));
                writer.WriteElementString("URI", Clean(screen.Keys[i].Url.Length > 0 ? screen.Keys[i].Url : ExitKey));
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        }

        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text + "\n";
    }

    private static string Clean(string text) => string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) && c != '\r' ? c : ' '));
}
