using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>
/// Cisco ATA 191 and 192, multiplatform. They say a serial number and no MAC, so a factory-fresh one gets from its product's file nothing but the
/// address of its own, <c>MAC.xml</c>, which a configured one asks for alone. A port that nobody claimed is off.
/// Settings: "Cisco ATA 191 and ATA 192 Analog Telephone Adapter Administration Guide for Multiplatform Firmware".
/// </summary>
internal sealed partial class CiscoAtaVendor : IVendor
{
    private readonly VendorTemplates templates = new("CiscoAta", Escaping.Xml);

    /// <inheritdoc/>
    public string Vendor => "ciscoata";

    /// <inheritdoc/>
    public string FileContentType => "text/xml; charset=utf-8";

    /// <inheritdoc/>
    public string ScreenContentType => "text/xml; charset=utf-8";

    /// <summary>Both are challenged with the line's account (<c>Auth_Resync-Reboot</c>, on by default and left so).</summary>
    public string Event(NotifyKind kind) => kind == NotifyKind.Restart ? "reboot" : "resync";

    /// <inheritdoc/>
    public RecognizedPhone? Recognize(string userAgent) => UserAgents.Read(UserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone) =>
        ProductFile().IsMatch(fileName) ? new VendorFile(ConfigFile.Boot, "") : MacFiles.Route(DeviceFile(), fileName, ConfigFile.Whole);

    /// <summary>Both have two ports.</summary>
    public int LinesOf(RecognizedPhone phone) => 2;

    /// <inheritdoc/>
    public string? MacIn(CertificateSubject subject) => CiscoCertificate.MacIn(subject);

    /// <inheritdoc/>
    public string Render(VendorFile file, FileFacts facts) => file.Kind == ConfigFile.Boot
        ? templates.Render("product", new { facts.DeviceUrl })
        : templates.Render("device", CiscoDeviceFile.Values(facts));

    /// <summary>For whoever follows the address; an adapter has no screen.</summary>
    public string RenderScreen(ScreenFacts screen) => XmlScreen.Plain(screen);

    // What stands in brackets is a serial number, whatever it looks like.
    [GeneratedRegex(
        @"^Cisco/(?<model>ATA19[12])-MPP-(?<fw>\d{1,3}(?:-[A-Z0-9]{1,12}){1,5}) \([A-Z0-9]{4,20}\)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserAgent();

    // "/$PSN.xml" from the factory; "ata$PSN.cfg" where somebody wrote it so.
    [GeneratedRegex(@"^(?:ata)?19[12]\.(?:xml|cfg)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ProductFile();

    [GeneratedRegex(@"^(?<mac>[0-9a-f]{12})\.xml\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DeviceFile();
}
