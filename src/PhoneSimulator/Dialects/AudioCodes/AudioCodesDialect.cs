using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>AudioCodes 400HD phones: one file of <c>path/name=value</c> lines.</summary>
internal sealed class AudioCodesDialect : PhoneDialect
{
    /// <inheritdoc/>
    public override string Vendor => "audiocodes";

    /// <inheritdoc/>
    public override string UsualModel => "445HD";

    /// <inheritdoc/>
    public override string UsualRelease => "3.4.8.110";

    /// <inheritdoc/>
    public override string HttpUserAgent(PhoneOptions options, PhoneSettings settings) =>
        $"AUDC-IPPhone/{options.Release} ({options.Model}-Rev0; {options.MacDigits.ToUpperInvariant()})";

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) => $"AUDC-IPPhone/{options.Release}";

    /// <inheritdoc/>
    public override PhoneProfile Profile(PhoneSettings settings, PhoneOptions options) => new()
    {
        Server = settings["provisioning/configuration/url"],
        Discovers = settings["provisioning/method"] != "STATIC",
        AsksByMulticast = settings["provisioning/method"] != "STATIC",
        PollPeriod = settings["provisioning/period/type"] switch { "HOURLY" => TimeSpan.FromHours(1), "DAILY" => TimeSpan.FromDays(1), _ => null },
        CertificatesUrl = settings["security/ca_certificate/0/uri"],
        Accounts = Account(settings, options) is { } account ? [account] : [],
    };

    /// <summary>As anybody, and for an application.</summary>
    public override PlugAndPlayWords? PlugAndPlay(PhoneOptions options) => new("00000001", "AudioCodes", options.Model) { ProfileType = "application" };

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation) =>
        await files.GetAllAsync([$"{options.MacDigits.ToUpperInvariant()}.cfg"], cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public override PhoneFile? Read(FetchedFile file) => LineFile.Read(file.Content, '=', ';');

    /// <summary>It has a browser of its own, which nothing here opens.</summary>
    public override PhoneScreen? ReadScreen(byte[] content) => null;

    /// <summary>One event; a setting says whether it boots.</summary>
    public override NotifyDeed? Obey(EventHeader? notified, PhoneSettings settings) => notified?.Type.ToLowerInvariant() != "check-sync" ? null
        : settings["voip/services/notify/check_sync/force_reboot_enabled"] == "1" ? NotifyDeed.Reboot : NotifyDeed.Resync;

    private AccountSettings? Account(PhoneSettings settings, PhoneOptions options)
    {
        string? Line(string name) => settings["voip/line/0/" + name] is { Length: > 0 } value ? value : null;
        string? Sip(string name) => settings["voip/signalling/sip/" + name] is { Length: > 0 } value ? value : null;
        if (Line("enabled") != "1" || Line("id") is not { } user || Sip("sip_registrar/addr") is not { } server)
        {
            return null;
        }

        return new AccountSettings
        {
            Number = 1,
            UserName = user,
            AuthenticationName = Line("auth_name") ?? user,
            Password = Line("auth_password") ?? "",
            Server = server,
            Port = settings.Number("voip/signalling/sip/sip_registrar/port", 5060),
            Transport = Sip("transport_protocol") == "TCP" ? PhoneTransport.Tcp : PhoneTransport.Udp,
            ExpiresSeconds = settings.Number("voip/signalling/sip/registration_expires", 3600),
            KeepAliveSeconds = 0,
            DisplayName = Line("extension_display"),
            Label = Line("description") ?? user,
            UserAgent = SipUserAgent(options),
            OutboundProxy = Sip("sip_outbound_proxy/enabled") == "1" && Sip("sip_outbound_proxy/addr") is { } proxy
                ? (proxy, settings.Number("voip/signalling/sip/sip_outbound_proxy/port", 5060))
                : null,
            SecondProxy = Sip("redundant_outbound_proxy/enabled") == "1" && Sip("redundant_outbound_proxy/addr") is { } second
                ? (second, settings.Number("voip/signalling/sip/redundant_outbound_proxy/port", 5060))
                : null,
        };
    }
}
