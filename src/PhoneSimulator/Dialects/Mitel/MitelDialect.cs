using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>Mitel 6900 phones: three files of <c>name: value</c> lines, the later ones winning.</summary>
internal sealed class MitelDialect : PhoneDialect
{
    /// <inheritdoc/>
    public override string Vendor => "mitel";

    /// <inheritdoc/>
    public override string UsualModel => "6920";

    /// <inheritdoc/>
    public override string UsualRelease => "6.4.0.140";

    /// <inheritdoc/>
    public override string HttpUserAgent(PhoneOptions options, PhoneSettings settings) =>
        $"Mitel{options.Model} MAC:{string.Join('-', options.MacDigits.ToUpperInvariant().Chunk(2).Select(pair => new string(pair)))} V:{options.Release}-SIP";

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) => $"Mitel {options.Model}/{options.Release}";

    /// <inheritdoc/>
    public override PhoneProfile Profile(PhoneSettings settings, PhoneOptions options)
    {
        var protocol = settings["download protocol"]?.ToLowerInvariant() ?? "";
        return new PhoneProfile
        {
            Server = settings[$"{protocol} server"] is { Length: > 0 } host
                ? $"{protocol}://{host}:{settings[$"{protocol} port"] ?? "80"}/{settings[$"{protocol} path"]}"
                : null,
            Discovers = settings["dhcp config option override"] != "-1",
            PollPeriod = settings["auto resync mode"] == "1" ? TimeSpan.FromDays(1) : null,
            CertificatesUrl = settings["https user certificates"],
            ChecksCertificates = settings["https validate certificates"] != "0",
            ChecksName = settings["https validate hostname"] == "1",
            SignInKey = settings["softkey1 type"] == "xml" ? settings["softkey1 value"] : null,
            Accounts = Account(settings, options) is { } account ? [account] : [],
        };
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation) =>
        await files.GetAllAsync(["startup.cfg", $"{options.Model}.cfg", $"{options.MacDigits.ToUpperInvariant()}.cfg"], cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public override PhoneFile? Read(FetchedFile file) => LineFile.Read(file.Content, ':', '#');

    /// <inheritdoc/>
    public override PhoneScreen? ReadScreen(byte[] content) =>
        XmlFile.Load(content) is { } root && root.Name.LocalName.StartsWith("AastraIPPhone", StringComparison.Ordinal)
            ? XmlFile.Page(root, "SoftKey", "URI")
            : null;

    /// <inheritdoc/>
    public override NotifyDeed? Obey(EventHeader? notified, PhoneSettings settings) => notified?.Type.ToLowerInvariant() switch
    {
        "aastra-xml" when settings["sip xml notify event"] == "1" => NotifyDeed.ShowScreen,
        _ => CheckSync.Obey(notified),
    };

    private AccountSettings? Account(PhoneSettings settings, PhoneOptions options)
    {
        string? Of(string name) => settings["sip line1 " + name] is { Length: > 0 } value ? value : null;
        if (Of("user name") is not { } user || Of("registrar ip") is not { } server)
        {
            return null;
        }

        return new AccountSettings
        {
            Number = 1,
            UserName = user,
            AuthenticationName = Of("auth name") ?? user,
            Password = Of("password") ?? "",
            Server = server,
            Port = settings.Number("sip line1 registrar port", 5060),
            Transport = settings["sip transport protocol"] == "2" ? PhoneTransport.Tcp : PhoneTransport.Udp,
            ExpiresSeconds = settings.Number("sip line1 registration period", 3600),
            KeepAliveSeconds = 0,
            DisplayName = Of("display name"),
            Label = Of("screen name") ?? user,
            UserAgent = SipUserAgent(options),
            OutboundProxy = Of("outbound proxy") is { } proxy ? (proxy, settings.Number("sip line1 outbound proxy port", 5060)) : null,
            SecondProxy = Of("backup outbound proxy") is { } second ? (second, settings.Number("sip line1 backup outbound proxy port", 5060)) : null,
        };
    }
}
