namespace SipGateway.Edge;

/// <summary>A page of Yealink's XML browser: a text screen with soft keys.</summary>
internal static class YealinkScreen
{
    private const string ExitKey = "SoftKey:Exit";

    /// <summary>Well-formed whatever the texts are: what XML cannot carry becomes a blank.</summary>
    public static string Render(ScreenFacts screen) => XmlScreen.Render("YealinkIPPhoneTextScreen", page =>
    {
        page.WriteAttributeString("Beep", "no");
        page.WriteAttributeString("LockIn", "no");
        page.Text("Title", screen.Title);
        page.Text("Text", string.Join('\n', screen.Lines));
        foreach (var (i, (label, url)) in screen.Keys.Index())
        {
            page.WriteStartElement("SoftKey");
            page.WriteAttributeString("index", XmlScreen.Number(i + 1));
            page.Text("Label", label);
            page.Text("URI", url.Length > 0 ? url : ExitKey);
            page.WriteEndElement();
        }
    });
}
