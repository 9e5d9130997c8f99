using System.Xml.Linq;
using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>Snom desk phones, as service.snom.com has them: two files named by the type, the second with the MAC.</summary>
internal sealed class SnomDialect : PhoneDialect
{
    /// <inheritdoc/>
    public override string Vendor => "snom";

    /// <inheritdoc/>
    public override string UsualModel => "D785";

    /// <inheritdoc/>
    public override string UsualRelease => "10.1.33.33";

    /// <summary>With the MAC in capitals and the expansion modules, as firmware 10 says it.</summary>
    public override string HttpUserAgent(PhoneOptions options, PhoneSettings settings) =>
        $"Mozilla/4.0 (compatible; snom{options.Model}-SIP {options.Release} 2010.12-00004-g9ba52f5 {options.MacDigits.ToUpperInvariant()} SXM:0 UXM:0)";

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) => $"snom{options.Model}/{options.Release}";

    /// <inheritdoc/>
    public override PhoneProfile Profile(PhoneSettings settings, PhoneOptions options) => new()
    {
        Server = settings["setting_server"],

        // "redirection:stop" ends the list there; without the setting DHCP is asked.
        Discovers = !(settings["provisioning_order"] ?? "").Split(' ').Any(source => source.EndsWith(":stop", StringComparison.Ordinal)),
        AsksByMulticast = settings["pnp_config"] != "off",
        PollPeriod = settings.Number("settings_refresh_timer", 0) is var seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null,
        CertificatesUrl = settings["certificate"],
        ChecksName = settings["check_fqdn_against_server_cert"] == "on",
        SignInKey = settings["fkey.0"] is { } key && key.StartsWith("url ", StringComparison.Ordinal) ? key[4..] : null,
        Accounts = Account(settings, options) is { } account ? [account] : [],
    };

    /// <inheritdoc/>
    public override PlugAndPlayWords? PlugAndPlay(PhoneOptions options) => new(PlugAndPlayWords.ByMac(options), "snom", "snom" + options.Model);

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation) =>
        await files.GetAllAsync(
            [$"snom{options.Model}.htm", $"snom{options.Model}-{options.MacDigits.ToUpperInvariant()}.htm"], cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public override PhoneFile? Read(FetchedFile file)
    {
        if (XmlFile.Load(file.Content) is not { } root || root.Name.LocalName != "settings")
        {
            return null;
        }

        var settings = root.Elements("phone-settings").Elements()
            .Select(setting => KeyValuePair.Create(
                setting.Attribute("idx") is { } index ? $"{setting.Name.LocalName}.{index.Value}" : setting.Name.LocalName, (string?)setting.Value))
            .Concat(root.Elements("functionKeys").Elements("fkey")
                .Select(key => KeyValuePair.Create($"fkey.{key.Attribute("idx")?.Value}", (string?)key.Value)))
            .Concat(root.Elements("certificates").Elements("certificate").Select(one => KeyValuePair.Create("certificate", one.Attribute("url")?.Value)));
        var faults = root.Descendants().Where(element => element.Attribute("perm") is { Value: not ("R" or "RW" or "!" or "") })
            .Select(element => $"{element.Name.LocalName} has a permission that nobody knows");
        return new PhoneFile([.. settings], [.. faults]);
    }

    /// <inheritdoc/>
    public override PhoneScreen? ReadScreen(byte[] content) =>
        XmlFile.Load(content) is { } root && root.Name.LocalName.StartsWith("SnomIPPhone", StringComparison.Ordinal)
            ? XmlFile.Page(root, "SoftKeyItem", "URL")
            : null;

    /// <inheritdoc/>
    public override NotifyDeed? Obey(EventHeader? notified, PhoneSettings settings) => notified?.Type.ToLowerInvariant() switch
    {
        "xml" when settings["xml_notify"] == "on" => NotifyDeed.ShowScreen,
        "reboot" => NotifyDeed.Reboot,
        _ => CheckSync.Obey(notified),
    };

    private AccountSettings? Account(PhoneSettings settings, PhoneOptions options)
    {
        if (settings["user_active.1"] != "on" || settings["user_name.1"] is not { Length: > 0 } user || settings["user_host.1"] is not { Length: > 0 } host)
        {
            return null;
        }

        // "host:port;transport=tcp", and perhaps a second after a blank.
        var ways = (settings["user_outbound.1"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(way => way.Split(';')).ToList();
        var isTcp = ways.Count > 0 && ways[0].Skip(1).Any(parameter => parameter.Equals("transport=tcp", StringComparison.OrdinalIgnoreCase));
        return new AccountSettings
        {
            Number = 1,
            UserName = user,
            AuthenticationName = settings["user_pname.1"] is { Length: > 0 } name ? name : user,
            Password = settings["user_pass.1"] ?? "",
            Server = host,
            Port = 5060,
            Transport = isTcp ? PhoneTransport.Tcp : PhoneTransport.Udp,
            ExpiresSeconds = settings.Number("user_expiry.1", 3600),
            KeepAliveSeconds = settings.Number("keepalive_interval.1", 0),
            DisplayName = settings["user_realname.1"],
            Label = settings["user_idle_text.1"] is { Length: > 0 } label ? label : user,
            UserAgent = SipUserAgent(options),
            OutboundProxy = ways.Count > 0 ? HostAndPort.Parse(ways[0][0]) : null,
            SecondProxy = ways.Count > 1 ? HostAndPort.Parse(ways[1][0]) : null,
        };
    }
}
