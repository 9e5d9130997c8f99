using System.Xml.Linq;
using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>Poly phones with UC software: a master file names others; settings are attributes of whatever elements.</summary>
internal class PolyDialect : PhoneDialect
{
    private const string MasterOfAll = "000000000000.cfg";

    /// <inheritdoc/>
    public override string Vendor => "poly";

    /// <inheritdoc/>
    public override string UsualModel => "VVX_450";

    /// <inheritdoc/>
    public override string UsualRelease => "6.4.3.5156";

    /// <summary>The MAC is in it once the configuration says so (<c>device.prov.tagSerialNo</c>).</summary>
    public override string HttpUserAgent(PhoneOptions options, PhoneSettings settings) =>
        $"FileTransport {SipUserAgent(options)}{(settings["device.prov.tagSerialNo"] == "1" ? $" (SN:{options.MacDigits})" : "")} Type/Application";

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) => $"PolycomVVX-{options.Model}-UA/{options.Release}";

    /// <inheritdoc/>
    public override PhoneProfile Profile(PhoneSettings settings, PhoneOptions options) => new()
    {
        Server = settings["device.prov.serverName"] is { Length: > 0 } name
            ? $"{settings["device.prov.serverType"]?.ToLowerInvariant() ?? "ftp"}://{name}"
            : null,
        Discovers = settings["device.dhcp.bootSrvUseOpt"] != "Static",
        PollPeriod = settings["prov.polling.enabled"] == "1" ? TimeSpan.FromSeconds(Math.Max(3600, settings.Number("prov.polling.period", 86400))) : null,
        CertificatesUrl = settings["sec.TLS.customCaCert.1.url"],
        SignInKey = settings["mb.main.home"],
        Accounts = Account(settings, options) is { } account ? [account] : [],
    };

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation)
    {
        foreach (var name in new[] { options.MacDigits + ".cfg", MasterOfAll })
        {
            var answer = await files.GetAsync(name, cancellation).ConfigureAwait(false);
            if (answer.IsSuccess && XmlFile.Load(answer.Content) is { Name.LocalName: "APPLICATION" } master)
            {
                var names = (master.Attribute("CONFIG_FILES")?.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(file => file.Replace("[PHONE_MAC_ADDRESS]", options.MacDigits, StringComparison.Ordinal));
                return await files.GetAllAsync(names, cancellation).ConfigureAwait(false);
            }

            if (answer.StatusCode != 404)
            {
                files.Fail(answer.IsSuccess ? $"{name} is no master file" : $"{name}: HTTP {answer.StatusCode}");
                return null;
            }
        }

        return [];
    }

    /// <summary>A device.* setting counts only beside its <c>.set</c>, and all of them only beside <c>device.set</c>.</summary>
    public override PhoneFile? Read(FetchedFile file)
    {
        if (XmlFile.Load(file.Content) is not { } root)
        {
            return null;
        }

        var attributes = root.DescendantsAndSelf().Attributes().ToList();
        var set = attributes.Where(attribute => attribute.Name.LocalName.EndsWith(".set", StringComparison.Ordinal) && attribute.Value == "1")
            .Select(attribute => attribute.Name.LocalName[..^".set".Length]).ToHashSet(StringComparer.Ordinal);
        bool Counts(XAttribute attribute) => !attribute.Name.LocalName.StartsWith("device.", StringComparison.Ordinal)
            || (set.Contains("device") && set.Contains(attribute.Name.LocalName));
        var settings = attributes.Where(attribute => !attribute.Name.LocalName.EndsWith(".set", StringComparison.Ordinal)).ToList();
        return new PhoneFile(
            [.. settings.Where(Counts).Select(attribute => KeyValuePair.Create(attribute.Name.LocalName, (string?)attribute.Value))],
            [.. settings.Where(attribute => !Counts(attribute)).Select(attribute => $"{attribute.Name.LocalName} is not said to be set")]);
    }

    /// <summary>The microbrowser shows HTML; a page of it is well-formed here.</summary>
    public override PhoneScreen? ReadScreen(byte[] content)
    {
        if (XmlFile.Load(content) is not { Name.LocalName: "html" } root)
        {
            return null;
        }

        var body = root.Element("body");
        var lines = body?.Elements("p").Where(line => !line.HasElements).SelectMany(line => line.Value.Split('\n')) ?? [];
        var links = root.Descendants("a").Select(link => KeyValuePair.Create(link.Value, link.Attribute("href")?.Value ?? ""));
        return new PhoneScreen("html", body?.Element("h1")?.Value ?? "", [.. lines], [.. links]);
    }

    /// <summary>One event; a parameter means nothing.</summary>
    public override NotifyDeed? Obey(EventHeader? notified, PhoneSettings settings) => notified?.Type.ToLowerInvariant() != "check-sync" ? null
        : settings["voIpProt.SIP.specialEvent.checkSync.alwaysReboot"] == "1" ? NotifyDeed.Reboot : NotifyDeed.Resync;

    private AccountSettings? Account(PhoneSettings settings, PhoneOptions options)
    {
        string? Of(string name) => settings["reg.1." + name] is { Length: > 0 } value ? value : null;
        if (Of("address") is not { } user || Of("server.1.address") is not { } server)
        {
            return null;
        }

        return new AccountSettings
        {
            Number = 1,
            UserName = user,
            AuthenticationName = Of("auth.userId") ?? user,
            Password = Of("auth.password") ?? "",
            Server = server,
            Port = settings.Number("reg.1.server.1.port", 5060),
            Transport = Of("server.1.transport") == "TCPOnly" ? PhoneTransport.Tcp : PhoneTransport.Udp,
            ExpiresSeconds = settings.Number("reg.1.server.1.expires", 3600),
            KeepAliveSeconds = settings.Number("nat.keepalive.interval", 0),
            DisplayName = Of("displayName"),
            Label = Of("label") ?? user,
            UserAgent = SipUserAgent(options),
            OutboundProxy = Of("outboundProxy.address") is { } proxy ? (proxy, settings.Number("reg.1.outboundProxy.port", 5060)) : null,
            SecondProxy = Of("server.2.address") is { } second ? (second, settings.Number("reg.1.server.2.port", 5060)) : null,
        };
    }
}
