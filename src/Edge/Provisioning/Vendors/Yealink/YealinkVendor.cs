using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>Yealink desk and conference phones.</summary>
internal sealed partial class YealinkVendor : IVendor
{
    private readonly VendorTemplates templates = new("Yealink", Escaping.Line);

    /// <inheritdoc/>
    public string Vendor => "yealink";

    /// <inheritdoc/>
    public bool TakesFirmware => true;

    /// <inheritdoc/>
    public string FileContentType => "text/plain; charset=utf-8";

    /// <inheritdoc/>
    public string ScreenContentType => "text/xml; charset=utf-8";

    /// <summary>
    /// <c>check-sync</c> with an explicit parameter: the files set <c>sip.notify_reboot_enable = 0</c>, with which a phone boots only on
    /// <c>reboot=true</c> (the factory value, 1, always boots).
    /// </summary>
    public string Event(NotifyKind kind) => kind == NotifyKind.Restart ? "check-sync;reboot=true" : "check-sync;reboot=false";

    /// <inheritdoc/>
    public RecognizedPhone? Recognize(string userAgent)
    {
        var match = UserAgent().Match(userAgent);
        if (!match.Success) return null;
        return MacAddress.TryNormalize(match.Groups["mac"].ValueSpan, out var mac) || !match.Groups["mac"].Success
            ? new RecognizedPhone(Vendor, match.Groups["model"].Value.ToUpperInvariant(), match.Groups["fw"].Value, mac)
            : null;
    }

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone)
    {
        var match = FileName().Match(fileName);
        if (!match.Success) return null;
        if (match.Groups["common"].Success) return new VendorFile(ConfigFile.Common, "");
        if (match.Groups["generic"].Success) return phone.Mac.Length > 0 ? new VendorFile(ConfigFile.Boot, phone.Mac) : null;
        if (!MacAddress.TryNormalize(match.Groups["mac"].ValueSpan, out var mac)) return null;
        var isBoot = match.Groups["kind"].ValueSpan.Equals("boot", StringComparison.OrdinalIgnoreCase);
        return new VendorFile(isBoot ? ConfigFile.Boot : ConfigFile.Device, mac);
    }

    /// <inheritdoc/>
    public int LinesOf(RecognizedPhone phone) => YealinkModels.LinesOf(phone.Model);

    /// <inheritdoc/>
    public string Render(VendorFile file, FileFacts facts) => file.Kind switch
    {
        ConfigFile.Boot => templates.Render("boot", new
        {
            facts.Mac,
            CommonFile = YealinkModels.CommonFileOf(facts.Phone.Model),
        }),
        ConfigFile.Common => templates.Render("common", new { facts.CaUrl }),
        ConfigFile.Device => templates.Render("device", YealinkDeviceFile.Values(facts)),
        _ => throw new ArgumentOutOfRangeException(nameof(file), file.Kind, "A file without a template."),
    };

    /// <summary>
    /// Those with a colour screen take a picture from a server, the others one in hexadecimal digits ("XML Browser Developer's Guide for Yealink IP
    /// Phones", ImageScreen object), in which no QR code fits.
    /// </summary>
    public PicturePlace PictureOn(RecognizedPhone phone) => ColourScreens().IsMatch(phone.Model) ? PicturePlace.AsThePage : PicturePlace.Nowhere;

    /// <inheritdoc/>
    public string RenderScreen(ScreenFacts screen) => YealinkScreen.Render(screen);

    // Two blanks before the firmware, a bare MAC, a hardware version in its place, or nothing: all are seen.
    [GeneratedRegex(@"^(?:T29G|T4[68][A-Z]|T49G|T5[24][A-Z]|T5[678][A-Z])\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ColourScreens();

    [GeneratedRegex(
        @"^(?:yealink[ -])?(?:SIP(?: VP)?-)?(?<model>(?:T|W|CP|VP|AX|MP)\d{2,3}[A-Z0-9_]{0,20})\s{1,3}(?<fw>\d{1,4}(?:\.\d{1,4}){2,7})"
        + @"(?:\s{1,3}(?:(?<mac>(?:[0-9a-f]{2}:){5}[0-9a-f]{2}|[0-9a-f]{12})|\d{1,4}(?:\.\d{1,4}){3,7}))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserAgent();

    [GeneratedRegex(
        @"^(?:(?<generic>y000000000000\.boot)|(?<common>y[0-9]{12}\.cfg)|(?<mac>[0-9a-f]{12})\.(?<kind>boot|cfg))\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileName();
}
