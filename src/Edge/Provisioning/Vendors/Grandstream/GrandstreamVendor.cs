using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>
/// Grandstream phones and adapters with one file, <c>cfgMAC.xml</c>. The binary <c>cfgMAC</c> that they ask for first is made by a tool of the
/// vendor's, and is not there.
/// </summary>
internal sealed partial class GrandstreamVendor : IVendor
{
    private readonly VendorTemplates templates = new("Grandstream", Escaping.Xml);

    /// <inheritdoc/>
    public string Vendor => "grandstream";

    /// <inheritdoc/>
    public bool TakesFirmware => true;

    /// <inheritdoc/>
    public string FileContentType => "text/xml; charset=utf-8";

    /// <inheritdoc/>
    public string ScreenContentType => "text/xml; charset=utf-8";

    /// <summary>The phone asks for a digest of the line's account, unless it was told not to (P4428), which nobody does here.</summary>
    public string Event(NotifyKind kind) => kind == NotifyKind.Restart ? "check-sync;reboot=true" : "check-sync";

    /// <inheritdoc/>
    public RecognizedPhone? Recognize(string userAgent) => UserAgents.Read(UserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public RecognizedPhone? RecognizeSip(string userAgent) => UserAgents.Read(SipUserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone) =>
        fileName.Equals("cfg.xml", StringComparison.OrdinalIgnoreCase) && phone.Mac.Length > 0
            ? new VendorFile(ConfigFile.Whole, phone.Mac)
            : MacFiles.Route(FileName(), fileName, ConfigFile.Whole);

    /// <summary>The adapters with two ports, HT702, HT802, HT812 and their like.</summary>
    public int LinesOf(RecognizedPhone phone) => TwoPorts().IsMatch(phone.Model) ? 2 : 1;

    /// <inheritdoc/>
    public string Render(VendorFile file, FileFacts facts) => templates.Render("device", PValues.Of(facts, LinesOf(facts.Phone)));

    /// <summary>Its own application language; a phone without it never asks, for it gets no key that opens a page.</summary>
    public string RenderScreen(ScreenFacts screen) => XmlScreen.Render("xmlapp", page =>
    {
        page.WriteAttributeString("title", XmlScreen.Clean(screen.Title));
        page.Text("view", string.Join('\n', screen.Lines));
    });

    [GeneratedRegex(
        @"^Grandstream (?<model>[A-Z]{2,4}\w{2,16}) (?<fw>\d{1,4}(?:\.\d{1,4}){1,4})(?: (?<mac>[0-9a-f]{12}))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SipUserAgent();

    [GeneratedRegex(
        @"^Grandstream Model HW (?<model>\w{2,20})(?:\s{1,3}V\w{1,4}(?:\.\w{1,4})?)? SW (?<fw>\d{1,4}(?:\.\d{1,4}){1,4}) DevId (?<mac>[0-9a-f]{12})\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserAgent();

    [GeneratedRegex(@"^HT[0-9]{2}2(?:V[0-9])?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TwoPorts();

    [GeneratedRegex(@"^cfg(?<mac>[0-9a-f]{12})\.xml\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileName();
}
