using System.Xml;

namespace SipGateway.Edge;

/// <summary>A page of the XML browser of Cisco's phones: a text, or a picture in the middle of the screen, with soft keys.</summary>
internal static class CiscoScreen
{
    /// <summary>Well-formed whatever the texts are. A key without an address is the phone's own way out.</summary>
    public static string Render(ScreenFacts screen) => screen.Picture is { } picture
        ? XmlScreen.Render("CiscoIPPhoneImageFile", page =>
        {
            page.Text("Title", screen.Title);
            page.Text("Prompt", "");
            page.Text("LocationX", "-1");
            page.Text("LocationY", "-1");
            page.Text("URL", picture.Url);
            Keys(page, screen);
        })
        : XmlScreen.Render("CiscoIPPhoneText", page =>
        {
            page.Text("Title", screen.Title);
            page.Text("Prompt", "");
            page.Text("Text", string.Join('\n', screen.Lines));
            Keys(page, screen);
        });

    private static void Keys(XmlWriter page, ScreenFacts screen)
    {
        foreach (var (i, (label, url)) in screen.Keys.Index())
        {
            page.WriteStartElement("SoftKeyItem");
            page.Text("Name", label);
            page.Text("URL", url.Length > 0 ? url : "SoftKey:Exit");
            page.Text("Position", XmlScreen.Number(i + 1));
            page.WriteEndElement();
        }
    }
}
