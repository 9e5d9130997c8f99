using System.Xml;

namespace SipGateway.Edge;

/// <summary>A page of Yealink's XML browser: a text screen with soft keys.</summary>
internal static class YealinkScreen
{
    private const string ExitKey = "SoftKey:Exit";

    /// <summary>Well-formed whatever the texts are: what XML cannot carry becomes a blank.</summary>
    public static string Render(ScreenFacts screen) => screen.Picture is { } picture ? Image(screen, picture) : Text(screen);

    private static string Text(ScreenFacts screen) => XmlScreen.Render("YealinkIPPhoneTextScreen", page =>
    {
        page.WriteAttributeString("Beep", "no");
        page.WriteAttributeString("LockIn", "no");
        page.Text("Title", screen.Title);
        page.Text("Text", string.Join('\n', screen.Lines));
        Keys(page, screen);
    });

    // A picture with keys, and no text ("XML Browser Developer's Guide for Yealink IP Phones", ImageScreen object).
    private static string Image(ScreenFacts screen, ScreenPicture picture) => XmlScreen.Render("YealinkIPPhoneImageScreen", page =>
    {
        page.WriteAttributeString("Beep", "no");
        page.WriteAttributeString("LockIn", "no");
        page.WriteAttributeString("mode", "regular");
        page.WriteStartElement("Image");
        page.WriteAttributeString("horizontalAlign", "middle");
        page.WriteAttributeString("verticalAlign", "middle");
        page.WriteString(XmlScreen.Clean(picture.Url));
        page.WriteEndElement();
        Keys(page, screen);
    });

    private static void Keys(XmlWriter page, ScreenFacts screen)
    {
        foreach (var (i, (label, url)) in screen.Keys.Index())
        {
            page.WriteStartElement("SoftKey");
            page.WriteAttributeString("index", XmlScreen.Number(i + 1));
            page.Text("Label", label);
            page.Text("URI", url.Length > 0 ? url : ExitKey);
            page.WriteEndElement();
        }
    }
}
