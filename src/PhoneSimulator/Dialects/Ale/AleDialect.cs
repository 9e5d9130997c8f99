using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>ALE 80x8s phones in SIP mode: one file of settings with an id and a value each.</summary>
internal sealed class AleDialect : PhoneDialect
{
    /// <inheritdoc/>
    public override string Vendor => "ale";

    /// <inheritdoc/>
    public override string UsualModel => "8028s-GE";

    /// <inheritdoc/>
    public override string UsualRelease => "1.51.52.2204";

    /// <inheritdoc/>
    public override string HttpUserAgent(PhoneOptions options, PhoneSettings settings) => $"ALE {options.Model} {options.Release} {options.MacDigits}";

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) => $"ALE {options.Model} {options.Release}";

    /// <summary>A phone that has an address of its own asks neither the network nor the vendor's redirection (EDS).</summary>
    public override PhoneProfile Profile(PhoneSettings settings, PhoneOptions options) => new()
    {
        Server = settings["LocalEnetcfgDmUrl"],
        Discovers = settings["LocalEnetcfgDmUrl"] is null,
        ChecksCertificates = false,
        Accounts = Account(settings, options) is { } account ? [account] : [],
    };

    /// <summary>The model's file is one of firmware and may be missing.</summary>
    public override async Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation) =>
        await files.GetAllAsync([$"config.{options.Model}.xml", $"config.{options.MacDigits}.xml"], cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public override PhoneFile? Read(FetchedFile file) => XmlFile.Load(file.Content) is { Name.LocalName: "settings" } root && root.Elements("setting").Any()
        ? new PhoneFile(
            [.. root.Elements("setting").Select(one => KeyValuePair.Create(one.Attribute("id")?.Value ?? "", one.Attribute("value")?.Value))],
            [.. root.Elements("setting").Where(one => one.Attribute("id") is null || one.Attribute("value") is null)
                .Select(_ => "has a setting without id or value")])
        : null;

    /// <summary>It has no browser that anything here opens.</summary>
    public override PhoneScreen? ReadScreen(byte[] content) => null;

    /// <inheritdoc/>
    public override NotifyDeed? Obey(EventHeader? notified, PhoneSettings settings) => CheckSync.Obey(notified);

    private AccountSettings? Account(PhoneSettings settings, PhoneOptions options)
    {
        string? Of(string name) => settings["SIPGroup1" + name] is { Length: > 0 } value ? value : null;
        if (settings["LocalAdmcfgRunMode"] != "SIP" || Of("DeviceUri") is not { } user || settings["SIPServer1Address"] is not { Length: > 0 } server)
        {
            return null;
        }

        return new AccountSettings
        {
            Number = 1,
            UserName = user,
            AuthenticationName = Of("AuthenticationName") ?? user,
            Password = Of("AuthenticationPassword") ?? "",
            Server = Of("DomainName") ?? server,
            Port = settings.Number("SIPServer1Port", 5060),
            Transport = settings["SIPServer1Transport"] == "1" ? PhoneTransport.Tcp : PhoneTransport.Udp,
            ExpiresSeconds = settings.Number("SIPRegisterExpire", 3600),
            KeepAliveSeconds = 0,
            DisplayName = Of("DisplayName"),
            Label = Of("LabelName") ?? user,
            UserAgent = SipUserAgent(options),
            OutboundProxy = Of("OutBoundProxyAddress") is { } proxy ? (proxy, settings.Number("SIPGroup1OutBoundProxyPort", 5060)) : null,
            SecondProxy = Of("BackupOutBoundProxyAddress") is { } second ? (second, settings.Number("SIPGroup1BackupOutBoundProxyPort", 5060)) : null,
        };
    }
}
