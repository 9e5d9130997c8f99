using System.Globalization;
using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>Gigaset N DECT bases and managers with one file, <c>MAC.xml</c>; an account is a handset.</summary>
internal sealed partial class GigasetVendor : IVendor
{
    private readonly VendorTemplates templates = new("Gigaset", Escaping.Xml);

    /// <inheritdoc/>
    public string Vendor => "gigaset";

    /// <inheritdoc/>
    public string FileContentType => "text/xml; charset=utf-8";

    /// <inheritdoc/>
    public string ScreenContentType => "text/xml; charset=utf-8";

    /// <summary>A base boots from software 2.52 on, if <c>CheckSyncRebootEnabled</c> is on, and only for its own account; the files switch it on.</summary>
    public string Event(NotifyKind kind) => kind == NotifyKind.Restart ? "check-sync;reboot=true" : "check-sync;reboot=false";

    /// <inheritdoc/>
    public RecognizedPhone? Recognize(string userAgent) => UserAgents.Read(UserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone) => MacFiles.Route(FileName(), fileName, ConfigFile.Whole);

    /// <summary>Handsets, from the data sheets: 6 of the N510, 20 of a single-cell N670 and its kin, more of the managers of cells.</summary>
    public int LinesOf(RecognizedPhone phone) => phone.Model.AsSpan(0, Math.Min(4, phone.Model.Length)) switch
    {
        "N510" => 6,
        "N530" or "N610" or "N670" => 20,
        "N720" => 100,
        _ => LineKey.MaxLine,
    };

    /// <inheritdoc/>
    public string Render(VendorFile file, FileFacts facts) => templates.Render("device", new
    {
        facts.DeviceUrl,
        facts.SipUser,
        facts.SipPassword,
        facts.SipDomain,
        facts.SipHost,
        facts.SipPort,
        SecondHost = facts.SecondServer?.Host ?? "",
        SecondPort = facts.SecondServer?.Port ?? 0,
        Transport = facts.SipTransport == PhoneTransport.Tcp ? 2 : 1,
        Label = LineTexts.Label(facts),
        DisplayName = LineTexts.DisplayName(facts),
        Lines = facts.Lines.Select(line => new
        {
            line.Number, Account = line.Number.ToString("D5", CultureInfo.InvariantCulture), line.SipUser, line.SipPassword, line.Label, line.DisplayName,
        }),
        Ntp = facts.Policy.NtpServer,
        TimeZone = facts.Policy.TimeZone,
        AdminPassword = facts.Policy.PhoneAdminPassword,
        Settings = facts.SettingsNamed(SettingName()),
    });

    /// <summary>A page for whoever follows the address; a base has no screen.</summary>
    public string RenderScreen(ScreenFacts screen) => XmlScreen.Plain(screen);

    [GeneratedRegex(
        @"^(?:Gigaset )?(?<model>N\d{3}E?[ -](?:IP|DM)[ -]PRO)/(?<fw>[\w.+-]{1,60})(?:;(?<mac>[0-9a-f]{12}))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserAgent();

    [GeneratedRegex(@"^(?<mac>[0-9a-f]{12})\.xml\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9.]{0,99}\z")]
    private static partial Regex SettingName();
}
