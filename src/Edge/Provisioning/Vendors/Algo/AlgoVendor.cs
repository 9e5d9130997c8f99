using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>
/// Algo paging speakers, adapters and intercoms with one file, <c>algomMAC.conf</c>; the one for all of a model, <c>algopMODEL.conf</c>, may be missing
/// and is. Settings: docs.algosolutions.com, "Central Provisioning of Algo IP Endpoints" and "Provisioning Parameters Guide". Firmware that insists on
/// an MD5 file beside each is older than these.
/// </summary>
internal sealed partial class AlgoVendor : IVendor
{
    private const string Unknown = "Algo";

    private readonly VendorTemplates templates = new("Algo", Escaping.Line);

    /// <inheritdoc/>
    public string Vendor => "algo";

    /// <inheritdoc/>
    public string FileContentType => "text/plain; charset=utf-8";

    /// <inheritdoc/>
    public string ScreenContentType => "text/xml; charset=utf-8";

    /// <summary>The files set <c>sip.interop.checksync</c> to <c>conditional-reboot</c>, with which the parameter decides.</summary>
    public string Event(NotifyKind kind) => kind == NotifyKind.Restart ? "check-sync;reboot=true" : "check-sync;reboot=false";

    /// <inheritdoc/>
    public RecognizedPhone? Recognize(string userAgent) => UserAgents.Read(UserAgent(), Vendor, userAgent);

    /// <summary>What such a device calls itself has one witness ("Algo-8301"); the names of its files are nobody else's.</summary>
    public RecognizedPhone? RecognizeFile(string fileName) =>
        ModelFile().IsMatch(fileName) ? new RecognizedPhone(Vendor, Unknown, "", "")
        : MacFiles.Route(FileName(), fileName, ConfigFile.Whole) is { } file ? new RecognizedPhone(Vendor, Unknown, "", file.Mac)
        : null;

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone) => MacFiles.Route(FileName(), fileName, ConfigFile.Whole);

    /// <inheritdoc/>
    public string Render(VendorFile file, FileFacts facts)
    {
        var url = new Uri(facts.DeviceUrl);
        return templates.Render("device", new
        {
            url.Scheme,
            Server = url.Authority,
            Path = url.AbsolutePath.Trim('/'),
            HasOwnCa = facts.CaUrl.Length > 0,
            facts.SipUser,
            facts.SipPassword,
            facts.SipDomain,
            Proxy = new SipServer(facts.SipHost, facts.SipPort).ToString(),
            SecondProxy = facts.SecondServer?.ToString() ?? "",
            Transport = facts.SipTransport == PhoneTransport.Tcp ? "tcp" : "udp",
            Label = LineTexts.Label(facts),
            Language = facts.Language switch { "es" => "es", "fr" => "fr", _ => "en" },
            Ntp = facts.Policy.NtpServer,
            facts.Policy.TimeZone,
            AdminPassword = facts.Policy.PhoneAdminPassword,
            Settings = facts.SettingsNamed(SettingName()),
        });
    }

    /// <summary>For whoever follows the address; a speaker has no screen.</summary>
    public string RenderScreen(ScreenFacts screen) => XmlScreen.Plain(screen);

    [GeneratedRegex(
        @"^Algo[ /-](?<model>8\d{3}[A-Z]{0,3})[ /-](?<fw>\d{1,3}(?:\.\d{1,4}){1,3})(?: \((?<mac>[0-9a-f]{12})\))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserAgent();

    [GeneratedRegex(@"^algop[0-9A-Z]{2,8}\.conf\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ModelFile();

    [GeneratedRegex(@"^algom(?<mac>[0-9a-f]{12})\.conf\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    [GeneratedRegex(@"^[a-z][a-z0-9]{0,30}(?:\.[a-z0-9]{1,30}){1,5}\z")]
    private static partial Regex SettingName();
}
