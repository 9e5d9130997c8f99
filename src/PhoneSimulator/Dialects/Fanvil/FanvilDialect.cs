using System.Xml.Linq;
using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>Fanvil phones of firmware 2.2.10 and newer: one file in XML, whose elements may stand at any depth.</summary>
internal sealed class FanvilDialect : PhoneDialect
{
    // What the vendor's web page calls protocols: 1 FTP, 2 TFTP, 4 HTTP, 5 HTTPS.
    private const string Https = "5";

    // Key type "URL", which opens the browser.
    private const string UrlKey = "4";

    /// <inheritdoc/>
    public override string Vendor => "fanvil";

    /// <inheritdoc/>
    public override string UsualModel => "X6U";

    /// <inheritdoc/>
    public override string UsualRelease => "2.12.16.17";

    /// <inheritdoc/>
    public override string HttpUserAgent(PhoneOptions options, PhoneSettings settings) => $"Fanvil {options.Model} {options.Release} {options.MacDigits}";

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) => $"Fanvil {options.Model} {options.Release}";

    /// <inheritdoc/>
    public override PhoneProfile Profile(PhoneSettings settings, PhoneOptions options) => new()
    {
        Server = settings["ap/FlashServerIP"] is { Length: > 0 } path ? (settings["ap/FlashProtocol"] == Https ? "https://" : "http://") + path : null,
        Discovers = settings["ap/opt/DHCPOption"] != "0",
        AsksByMulticast = settings["ap/pnp/PNPEnable"] != "0",
        PollPeriod = settings["ap/FlashMode"] == "2" ? TimeSpan.FromHours(Math.Max(1, settings.Number("ap/FlashInterval", 1))) : null,
        ChecksCertificates = false,
        SignInKey = settings["dsskey/internal.1/Type"] == UrlKey ? settings["dsskey/internal.1/Value"] : null,
        Accounts = Account(settings, options) is { } account ? [account] : [],
    };

    /// <inheritdoc/>
    public override PlugAndPlayWords? PlugAndPlay(PhoneOptions options) => new(PlugAndPlayWords.ByMac(options), "Fanvil", options.Model);

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation) =>
        await files.GetAllAsync([$"{options.MacDigits}.cfg"], cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public override PhoneFile? Read(FetchedFile file) => XmlFile.Load(file.Content) is { } root && root.Name.LocalName == "sysConf"
        ? new PhoneFile(
            [.. root.Descendants().Where(element => !element.HasElements).Select(element => KeyValuePair.Create(PathOf(element), (string?)element.Value))],
            root.Element("Version") is null ? ["it does not say its version"] : [])
        : null;

    /// <inheritdoc/>
    public override PhoneScreen? ReadScreen(byte[] content) =>
        XmlFile.Load(content) is { } root && root.Name.LocalName.StartsWith("FanvilIPPhone", StringComparison.Ordinal)
            ? XmlFile.Page(root, "SoftKey", "URI")
            : null;

    /// <inheritdoc/>
    public override NotifyDeed? Obey(EventHeader? notified, PhoneSettings settings) => CheckSync.Obey(notified);

    private static string PathOf(XElement element) => string.Join('/', element.AncestorsAndSelf().Reverse().Skip(1)
        .Select(part => part.Attribute("index") is { } index ? $"{part.Name.LocalName}.{index.Value}" : part.Name.LocalName));

    private AccountSettings? Account(PhoneSettings settings, PhoneOptions options)
    {
        string? Of(string name) => settings["sip/line.1/" + name] is { Length: > 0 } value ? value : null;
        if (Of("EnableReg") != "1" || Of("PhoneNumber") is not { } user || Of("RegisterAddr") is not { } server)
        {
            return null;
        }

        var backup = Of("BackupAddr") is { } host ? (host, settings.Number("sip/line.1/BackupPort", 5060)) : ((string, int)?)null;
        return new AccountSettings
        {
            Number = 1,
            UserName = user,
            AuthenticationName = Of("RegisterUser") ?? user,
            Password = Of("RegisterPswd") ?? "",
            Server = server,
            Port = settings.Number("sip/line.1/RegisterPort", 5060),
            Transport = Of("Transport") == "1" ? PhoneTransport.Tcp : PhoneTransport.Udp,
            ExpiresSeconds = settings.Number("sip/line.1/RegisterTTL", 3600),
            KeepAliveSeconds = Of("NATUDPUpdate") == "1" ? settings.Number("sip/line.1/UDPUpdateTTL", 30) : 0,
            DisplayName = Of("DisplayName"),
            Label = Of("SipName") ?? user,
            UserAgent = SipUserAgent(options),
            OutboundProxy = Of("ProxyAddr") is { } proxy ? (proxy, settings.Number("sip/line.1/ProxyPort", 5060)) : null,
            SecondProxy = backup,
        };
    }
}
