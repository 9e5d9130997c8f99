namespace SipGateway.Edge;

/// <summary>A page of Poly's microbrowser: XHTML without scripts.</summary>
internal static class PolyScreen
{
    /// <summary>Well-formed whatever the texts are.</summary>
    public static string Render(ScreenFacts screen) => XmlScreen.Render("html", page =>
    {
        page.WriteStartElement("head");
        page.Text("title", screen.Title);
        page.WriteEndElement();
        page.WriteStartElement("body");
        page.Text("h1", screen.Title);
        foreach (var line in screen.Lines) page.Text("p", line);
        if (screen.Picture is { } picture)
        {
            page.WriteStartElement("p");
            page.WriteStartElement("img");
            page.WriteAttributeString("src", XmlScreen.Clean(picture.Url));
            page.WriteAttributeString("alt", "");
            page.WriteEndElement();
            page.WriteEndElement();
        }

        foreach (var (label, url) in screen.Keys.Where(key => key.Url.Length > 0))
        {
            page.WriteStartElement("p");
            page.WriteStartElement("a");
            page.WriteAttributeString("href", XmlScreen.Clean(url));
            page.WriteString(XmlScreen.Clean(label));
            page.WriteEndElement();
            page.WriteEndElement();
        }

        page.WriteEndElement();
    });
}
