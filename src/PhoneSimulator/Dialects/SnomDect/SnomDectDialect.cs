using System.Xml.Linq;
using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>
/// Snom M900 bases: a file for the model, which may be a list of others, and one with the MAC. Servers and handsets are numbered each for
/// themselves, and a handset says which server is its own.
/// </summary>
internal sealed class SnomDectDialect : PhoneDialect
{
    private const int MostHandsets = 250;

    /// <inheritdoc/>
    public override string Vendor => "snomdect";

    /// <inheritdoc/>
    public override string UsualModel => "M900";

    /// <inheritdoc/>
    public override string UsualRelease => "05.20.0001";

    /// <inheritdoc/>
    public override string HttpUserAgent(PhoneOptions options, PhoneSettings settings) =>
        $"Mozilla/4.0 (compatible; Snom {options.Model} {options.Release} {options.MacDigits})";

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) => $"snom{options.Model}/{options.Release} (MAC={options.MacDigits.ToUpperInvariant()}; HW=255)";

    /// <inheritdoc/>
    public override PhoneProfile Profile(PhoneSettings settings, PhoneOptions options) => new()
    {
        Server = settings["setting_server"],
        Discovers = settings["dhcp_option_pnp"] != "off",

        // In minutes.
        PollPeriod = settings["auto_resync_polling"] == "enabled" ? TimeSpan.FromMinutes(Math.Max(1, settings.Number("auto_resync_period", 1440))) : null,
        ChecksCertificates = settings["tls_server_authentication"] == "on",
        Accounts = [.. Enumerable.Range(1, MostHandsets).Select(handset => Account(settings, options, handset)).OfType<AccountSettings>()],
    };

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation)
    {
        var own = $"snom{options.Model}-{options.MacDigits.ToUpperInvariant()}.htm";
        if (await files.GetAllAsync([$"snom{options.Model}.htm"], cancellation).ConfigureAwait(false) is not { } models)
        {
            return null;
        }

        var listed = models.SelectMany(model => XmlFile.Load(model.Content) is { Name.LocalName: "setting-files" } list
            ? list.Elements("file").Select(file => file.Attribute("url")?.Value ?? "")
            : []).ToList();
        var others = await files.GetAllAsync(listed.Count > 0 ? listed : [own], cancellation).ConfigureAwait(false);
        return others is null ? null : [.. models.Where(_ => listed.Count == 0), .. others];
    }

    /// <inheritdoc/>
    public override PhoneFile? Read(FetchedFile file)
    {
        if (XmlFile.Load(file.Content) is not { Name.LocalName: "settings" } root)
        {
            return null;
        }

        // Below "phone-settings", or below "global", "server" and "extension", as a base writes its own file.
        var settings = root.Elements().Where(group => group.Name.LocalName is "phone-settings" or "global" or "server" or "extension").Elements().ToList();
        return new PhoneFile(
            [.. settings.Select(one => KeyValuePair.Create(Name(one), (string?)one.Value))],
            [.. settings.Where(one => one.HasElements).Select(one => $"{one.Name.LocalName} is no setting")]);
    }

    /// <summary>A base has no screen.</summary>
    public override PhoneScreen? ReadScreen(byte[] content) => null;

    /// <inheritdoc/>
    public override NotifyDeed? Obey(EventHeader? notified, PhoneSettings settings) =>
        CheckSync.Obey(notified) is { } deed ? settings["sip_check_sync_always_reboot"] == "on" ? NotifyDeed.Reboot : deed : null;

    private static string Name(XElement setting) =>
        setting.Attribute("idx") is { } index ? $"{setting.Name.LocalName}.{index.Value}" : setting.Name.LocalName;

    private AccountSettings? Account(PhoneSettings settings, PhoneOptions options, int handset)
    {
        string? OfHandset(string name) => settings[$"{name}.{handset}"] is { Length: > 0 } value ? value : null;
        var server = OfHandset("subscr_sip_ua_data_server_id") ?? "1";
        string? OfServer(string name) => settings[$"{name}.{server}"] is { Length: > 0 } value ? value : null;
        if (OfHandset("user_active") != "on" || OfHandset("user_name") is not { } user || HostAndPort.Parse(OfServer("user_host")) is not { } host)
        {
            return null;
        }

        return new AccountSettings
        {
            Number = handset,
            UserName = user,
            AuthenticationName = OfHandset("user_pname") ?? user,
            Password = OfHandset("user_pass") ?? "",
            Server = host.Host,
            Port = host.Port,
            Transport = OfServer("srv_sip_transport") == "tcp" ? PhoneTransport.Tcp : PhoneTransport.Udp,
            ExpiresSeconds = settings.Number($"user_expiry.{server}", 3600),
            KeepAliveSeconds = OfServer("keepalive_interval") == "on" ? 30 : 0,
            DisplayName = OfHandset("user_realname"),
            Label = OfHandset("subscr_sip_line_name") ?? user,
            UserAgent = SipUserAgent(options),
            OutboundProxy = HostAndPort.Parse(OfServer("user_outbound")),
        };
    }
}
