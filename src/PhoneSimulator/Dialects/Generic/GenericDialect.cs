using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>A device of no known maker, or a script: it reads <c>name = value</c> lines and goes where they say.</summary>
internal sealed class GenericDialect : PhoneDialect
{
    /// <inheritdoc/>
    public override string Vendor => "generic";

    /// <inheritdoc/>
    public override string UsualModel => "script";

    /// <inheritdoc/>
    public override string UsualRelease => "8.5.0";

    /// <summary>As a program says that knows nothing of phones.</summary>
    public override string HttpUserAgent(PhoneOptions options, PhoneSettings settings) => $"curl/{options.Release}";

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) => $"{options.Model}/{options.Release}";

    /// <inheritdoc/>
    public override PhoneProfile Profile(PhoneSettings settings, PhoneOptions options) => new()
    {
        Server = settings["config.url"] is { Length: > 0 } url && url.LastIndexOf('/') is var end and > 0 ? url[..(end + 1)] : null,
        Discovers = settings["config.url"] is null,
        PollPeriod = settings.Number("config.interval_seconds", 0) is var seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null,
        CertificatesUrl = settings["config.ca_url"] is { Length: > 0 } ca ? ca : null,
        ChecksName = true,
        SignInKey = settings["sign_in.url"],
        Accounts = Account(settings, options) is { } account ? [account] : [],
    };

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation) =>
        await files.GetAllAsync([files.Settings["config.url"] ?? $"generic/{options.MacDigits}.cfg"], cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public override PhoneFile? Read(FetchedFile file) => LineFile.Read(file.Content, '=', '#');

    /// <summary>Whoever opens the address sees a title and lines.</summary>
    public override PhoneScreen? ReadScreen(byte[] content) => XmlFile.Load(content) is { } root ? XmlFile.Page(root, "SoftKey", "URI") : null;

    /// <inheritdoc/>
    public override NotifyDeed? Obey(EventHeader? notified, PhoneSettings settings) => CheckSync.Obey(notified);

    private AccountSettings? Account(PhoneSettings settings, PhoneOptions options)
    {
        string? Of(string name) => settings[name] is { Length: > 0 } value ? value : null;
        (string Host, int Port)? Proxy(int number) => Of($"proxy.{number}.host") is { } host ? (host, settings.Number($"proxy.{number}.port", 5060)) : null;
        if (Of("account.user") is not { } user || Of("account.domain") is not { } domain)
        {
            return null;
        }

        return new AccountSettings
        {
            Number = 1,
            UserName = user,
            AuthenticationName = Of("account.auth_user") ?? user,
            Password = Of("account.password") ?? "",
            Server = domain,
            Port = 5060,
            Transport = Of("proxy.transport") == "tcp" ? PhoneTransport.Tcp : PhoneTransport.Udp,
            ExpiresSeconds = settings.Number("account.expires_seconds", 3600),
            KeepAliveSeconds = 0,
            DisplayName = Of("account.display_name"),
            Label = Of("account.label") ?? user,
            UserAgent = SipUserAgent(options),
            OutboundProxy = Proxy(1),
            SecondProxy = Proxy(2),
        };
    }
}
