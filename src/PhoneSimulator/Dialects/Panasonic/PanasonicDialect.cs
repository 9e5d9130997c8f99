using System.Text;
using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>Panasonic KX-HDV: a file for the model that names the phone's own, and that one; the standard format's first line is exact.</summary>
internal sealed class PanasonicDialect : PhoneDialect
{
    private const int MostLines = 8;
    private const string FirstLine = "# Panasonic SIP Phone Standard Format File #";

    /// <inheritdoc/>
    public override string Vendor => "panasonic";

    /// <inheritdoc/>
    public override string UsualModel => "KX-HDV130";

    /// <inheritdoc/>
    public override string UsualRelease => "08.103";

    /// <inheritdoc/>
    public override string HttpUserAgent(PhoneOptions options, PhoneSettings settings) => $"Panasonic_{options.Model}/{options.Release} ({options.MacDigits})";

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) => $"Panasonic-{options.Model}/{options.Release} ({options.MacDigits})";

    /// <inheritdoc/>
    public override PhoneProfile Profile(PhoneSettings settings, PhoneOptions options) => new()
    {
        Server = settings["CFG_STANDARD_FILE_PATH"] is { Length: > 0 } path && path.LastIndexOf('/') is var end and > 0 ? path[..(end + 1)] : null,
        Discovers = settings["OPTION66_ENABLE"] != "N",
        AsksByMulticast = settings["SIPPNP_PROV_ENABLE"] != "N",
        PollPeriod = settings["CFG_CYCLIC"] == "Y" ? TimeSpan.FromMinutes(settings.Number("CFG_CYCLIC_INTVL", 10080)) : null,
        CertificatesUrl = settings["CFG_ROOT_CERTIFICATE_PATH"] is { Length: > 0 } url ? url : null,
        Accounts = [.. Enumerable.Range(1, MostLines).Select(line => Account(settings, options, line)).OfType<AccountSettings>()],
    };

    /// <inheritdoc/>
    public override PlugAndPlayWords? PlugAndPlay(PhoneOptions options) => new(PlugAndPlayWords.ByMac(options), "Panasonic", options.Model);

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation) =>
        await files.GetAllAsync([$"{options.Model}.cfg", $"Config{options.MacDigits.ToUpperInvariant()}.cfg"], cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public override PhoneFile? Read(FetchedFile file) =>
        Encoding.UTF8.GetString(file.Content).Split('\n')[0].TrimEnd('\r') == FirstLine ? LineFile.Read(file.Content, '=', '#') : null;

    /// <summary>It has no browser.</summary>
    public override PhoneScreen? ReadScreen(byte[] content) => null;

    /// <summary>The event that its file names, and no other.</summary>
    public override NotifyDeed? Obey(EventHeader? notified, PhoneSettings settings) =>
        notified?.Type == (settings["CFG_RESYNC_FROM_SIP"] ?? "check-sync") ? CheckSync.Obey(notified) : null;

    private AccountSettings? Account(PhoneSettings settings, PhoneOptions options, int line)
    {
        string? Of(string name) => settings[$"{name}_{line}"] is { Length: > 0 } value ? value : null;
        if (Of("SIP_URI")?.Split('@')[0] is not { Length: > 0 } user || Of("SIP_RGSTR_ADDR") is not { } server)
        {
            return null;
        }

        return new AccountSettings
        {
            Number = line,
            UserName = user,
            AuthenticationName = Of("SIP_AUTHID") ?? user,
            Password = Of("SIP_PASS") ?? "",
            Server = server,
            Port = settings.Number($"SIP_RGSTR_PORT_{line}", 5060),
            Transport = Of("SIP_TRANSPORT") == "1" ? PhoneTransport.Tcp : PhoneTransport.Udp,
            ExpiresSeconds = settings.Number($"REG_EXPIRE_TIME_{line}", 3600),
            KeepAliveSeconds = 0,
            DisplayName = Of("DISPLAY_NAME"),
            Label = Of("LINE_LABEL") ?? user,
            UserAgent = SipUserAgent(options),
            OutboundProxy = Of("SIP_OUTPROXY_ADDR") is { } proxy ? (proxy, settings.Number($"SIP_OUTPROXY_PORT_{line}", 5060)) : null,
            SecondProxy = Of("SIP_2NDRGSTR_ADDR") is { } second ? (second, settings.Number($"SIP_2NDRGSTR_PORT_{line}", 5060)) : null,
        };
    }
}
