using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>Algo 8301 paging adapters: a file for the model and one for the device, of <c>name = value</c> lines; either may be missing.</summary>
internal sealed class AlgoDialect : PhoneDialect
{
    /// <inheritdoc/>
    public override string Vendor => "algo";

    /// <inheritdoc/>
    public override string UsualModel => "8301";

    /// <inheritdoc/>
    public override string UsualRelease => "5.5";

    /// <summary>Something that no server knows: its files are named as nobody else's.</summary>
    public override string HttpUserAgent(PhoneOptions options, PhoneSettings settings) => "Mozilla/4.0";

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) => $"Algo-{options.Model}/{options.Release} ({options.MacDigits.ToUpperInvariant()})";

    /// <inheritdoc/>
    public override PhoneProfile Profile(PhoneSettings settings, PhoneOptions options) => new()
    {
        Server = settings["prov.server.static"] is { Length: > 0 } server
            ? $"{settings["prov.download.method"] ?? "tftp"}://{server}/{settings["prov.download.cfgpath"]?.Trim('/')}"
            : null,
        Discovers = settings["prov.server.method"] != "static",
        PollPeriod = settings["prov.sync.frequency"] == "daily" ? TimeSpan.FromDays(1) : null,
        ChecksCertificates = settings["prov.download.cert"] == "1",
        ChecksName = settings["prov.download.cert"] == "1",
        Accounts = Account(settings, options) is { } account ? [account] : [],
    };

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation) =>
        await files.GetAllAsync([$"algop{options.Model}.conf", $"algom{options.MacDigits.ToUpperInvariant()}.conf"], cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public override PhoneFile? Read(FetchedFile file) => LineFile.Read(file.Content, '=', '#');

    /// <summary>It has no screen.</summary>
    public override PhoneScreen? ReadScreen(byte[] content) => null;

    /// <summary>It boots whenever it is told, or only when the event says so.</summary>
    public override NotifyDeed? Obey(EventHeader? notified, PhoneSettings settings) =>
        CheckSync.Obey(notified) is { } deed ? settings["sip.interop.checksync"] == "conditional-reboot" ? deed : NotifyDeed.Reboot : null;

    private AccountSettings? Account(PhoneSettings settings, PhoneOptions options)
    {
        string? Of(string name) => settings["sip." + name] is { Length: > 0 } value ? value : null;
        if (Of("u1.user") is not { } user || HostAndPort.Parse(Of("proxy")) is not { } server || Of("register.use") == "0")
        {
            return null;
        }

        return new AccountSettings
        {
            Number = 1,
            UserName = user,
            AuthenticationName = Of("u1.auth") ?? user,
            Password = Of("u1.pwd") ?? "",
            Server = server.Host,
            Port = server.Port,
            Transport = Of("transp") == "tcp" ? PhoneTransport.Tcp : PhoneTransport.Udp,
            ExpiresSeconds = settings.Number("sip.regexp", 3600),
            KeepAliveSeconds = 0,
            Label = settings["admin.devname"] is { Length: > 0 } label ? label : user,
            UserAgent = SipUserAgent(options),
            OutboundProxy = HostAndPort.Parse(Of("obproxy")),
            SecondProxy = HostAndPort.Parse(Of("bkproxy1")),
        };
    }
}
