namespace SipGateway.Edge;

/// <summary>A page of Snom's XML minibrowser: a text with soft keys.</summary>
internal static class SnomScreen
{
    private const int MaxKeys = 4;

    /// <summary>Well-formed whatever the texts are. A line break is an element, a key without an address is the phone's own way out.</summary>
    public static string Render(ScreenFacts screen) => XmlScreen.Render("SnomIPPhoneText", page =>
    {
        page.Text("Title", screen.Title);
        page.WriteStartElement("Text");
        foreach (var (i, line) in screen.Lines.Index())
        {
            if (i > 0) page.WriteElementString("br", "");
            page.WriteString(XmlScreen.Clean(line));
        }

        page.WriteEndElement();
        foreach (var (i, (label, url)) in screen.Keys.Where(key => key.Url.Length > 0).Take(MaxKeys).Index())
        {
            page.WriteStartElement("SoftKeyItem");
            page.Text("Name", "F" + XmlScreen.Number(i + 1));
            page.Text("Label", label);
            page.Text("URL", url);
            page.WriteEndElement();
        }
    });
}
