using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>Snom desk phones: <c>snomD785.htm</c>, then <c>snomD785-MAC.htm</c> (service.snom.com, "Auto Provisioning").</summary>
internal sealed partial class SnomVendor : IVendor
{
    private readonly VendorTemplates templates = new("Snom", Escaping.Xml);

    /// <inheritdoc/>
    public string Vendor => "snom";

    /// <inheritdoc/>
    public bool TakesFirmware => true;

    /// <inheritdoc/>
    public string FileContentType => "text/xml; charset=utf-8";

    /// <inheritdoc/>
    public string ScreenContentType => "text/xml; charset=utf-8";

    /// <inheritdoc/>
    public string Event(NotifyKind kind) => kind == NotifyKind.Restart ? "check-sync;reboot=true" : "check-sync;reboot=false";

    /// <inheritdoc/>
    public RecognizedPhone? Recognize(string userAgent) => UserAgents.Read(UserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public RecognizedPhone? RecognizeSip(string userAgent) => UserAgents.Read(SipUserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone) => ModelFile().IsMatch(fileName)
        ? new VendorFile(ConfigFile.Boot, "")
        : MacFiles.Route(DeviceFile(), fileName, ConfigFile.Device);

    /// <inheritdoc/>
    public string Render(VendorFile file, FileFacts facts) => file.Kind == ConfigFile.Boot
        ? templates.Render("model", new { })
        : templates.Render("device", SnomDeviceFile.Values(facts));

    /// <inheritdoc/>
    public string RenderScreen(ScreenFacts screen) => SnomScreen.Render(screen);

    [GeneratedRegex(@"^snom(?<model>[A-Z]{0,4}\d{1,4}[A-Z]{0,3})/(?<fw>\d{1,4}(?:\.\d{1,4}){1,4})\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SipUserAgent();

    // Old firmware says no MAC; new firmware says its expansion modules after it.
    [GeneratedRegex(
        @"^Mozilla/4\.0 \(compatible; snom(?<model>[A-Z]{0,4}\d{1,4}[A-Z]{0,3})-SIP (?<fw>\d{1,4}(?:\.\d{1,4}){1,4})(?: [\w.-]{1,40}){0,2}?"
        + @"(?: (?<mac>[0-9a-f]{12}))?(?: (?:SXM|UXM|UXMC):\d){0,4}\)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserAgent();

    [GeneratedRegex(@"^snom[A-Z]{0,4}[0-9]{1,4}[A-Z]{0,3}\.html?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ModelFile();

    [GeneratedRegex(@"^snom[A-Z]{0,4}[0-9]{1,4}[A-Z]{0,3}-(?<mac>[0-9a-f]{12})\.html?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DeviceFile();
}
