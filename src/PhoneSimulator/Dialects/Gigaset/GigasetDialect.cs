using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>Gigaset N870 and its kin: one file of named parameters; the base boots on a NOTIFY only where that is switched on.</summary>
internal sealed class GigasetDialect : PhoneDialect
{
    private const int MostHandsets = 250;
    private const string Provider = "SipProvider.0.";

    /// <inheritdoc/>
    public override string Vendor => "gigaset";

    /// <inheritdoc/>
    public override string UsualModel => "N870 IP PRO";

    /// <inheritdoc/>
    public override string UsualRelease => "83.V2.52.0+build.a546b91";

    /// <inheritdoc/>
    public override string HttpUserAgent(PhoneOptions options, PhoneSettings settings) =>
        $"Gigaset {options.Model}/{options.Release};{options.MacDigits.ToUpperInvariant()}";

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) => $"{options.Model}/{options.Release};{options.MacDigits.ToUpperInvariant()}";

    /// <summary>A base that has an address of a server asks the network no more.</summary>
    public override PhoneProfile Profile(PhoneSettings settings, PhoneOptions options) => new()
    {
        Server = settings["Provisioning.global.ProvisioningServer"],
        Discovers = settings["Provisioning.global.ProvisioningServer"] is null,
        ChecksCertificates = false,
        Accounts = [.. Enumerable.Range(1, MostHandsets).Select(handset => Account(settings, options, handset)).OfType<AccountSettings>()],
    };

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation) =>
        await files.GetAllAsync([options.MacDigits + ".xml"], cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public override PhoneFile? Read(FetchedFile file) => XmlFile.Load(file.Content) is { Name.LocalName: "provisioning" } root
        ? new PhoneFile(
            [.. root.Descendants("param").Select(param => KeyValuePair.Create(param.Attribute("name")?.Value ?? "", param.Attribute("value")?.Value))],
            [.. root.Descendants("param").Where(param => param.Attribute("value") is null).Select(_ => "has a parameter without a value")])
        : null;

    /// <summary>A base has no screen.</summary>
    public override PhoneScreen? ReadScreen(byte[] content) => null;

    /// <inheritdoc/>
    public override NotifyDeed? Obey(EventHeader? notified, PhoneSettings settings) => CheckSync.Obey(notified) is { } deed
        ? deed == NotifyDeed.Reboot && settings["SystemSettings.global.CheckSyncRebootEnabled"] != "1" ? NotifyDeed.Nothing : deed
        : null;

    private AccountSettings? Account(PhoneSettings settings, PhoneOptions options, int handset)
    {
        var own = $"SipAccount.{handset:D5}.";
        if (settings[own + "UserName"] is not { Length: > 0 } user || settings[Provider + "RegServerAddress"] is not { Length: > 0 } server)
        {
            return null;
        }

        var hasProxy = settings[Provider + "OutboundProxyMode"] is "1" or "2";
        return new AccountSettings
        {
            Number = handset,
            UserName = user,
            AuthenticationName = settings[own + "AuthName"] ?? user,
            Password = settings[own + "AuthPassword"] ?? "",
            Server = server,
            Port = settings.Number(Provider + "RegServerPort", 5060),
            Transport = settings[Provider + "TransportProtocol"] == "2" ? PhoneTransport.Tcp : PhoneTransport.Udp,
            ExpiresSeconds = settings.Number(Provider + "RegServerRefreshTimer", 180),
            KeepAliveSeconds = 0,
            DisplayName = settings[own + "DisplayName"],
            Label = settings[$"hs.{handset}.DECT_displayname"] is { Length: > 0 } label ? label : user,
            UserAgent = SipUserAgent(options),
            OutboundProxy = hasProxy && settings[Provider + "OutboundProxyAddress"] is { Length: > 0 } proxy
                ? (proxy, settings.Number(Provider + "OutboundProxyPort", 5060))
                : null,
            SecondProxy = settings[Provider + "FailoverServerEnabled"] == "1" && settings[Provider + "FailoverServerAddress"] is { Length: > 0 } second
                ? (second, settings.Number(Provider + "FailoverServerPort", 5060))
                : null,
        };
    }
}
