using System.Text;
using System.Text.RegularExpressions;
using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>Yealink desk phones.</summary>
internal sealed partial class YealinkDialect : PhoneDialect
{
    private const string CommonBootFile = "y000000000000.boot";

    /// <summary>Yealink's key type "XML browser".</summary>
    private const string XmlBrowserKeyType = "27";

    /// <inheritdoc/>
    public override string Vendor => "yealink";

    /// <inheritdoc/>
    public override string UsualModel => "T46U";

    /// <inheritdoc/>
    public override string UsualRelease => "86.0.15";

    /// <summary>E.g. <c>Yealink SIP-T46U 108.86.0.15 80:5e:c0:00:00:01</c>.</summary>
    public override string HttpUserAgent(PhoneOptions options, PhoneSettings settings) =>
        settings.Switch("static.auto_provision.user_agent_mac.enable", factoryValue: true)
            ? $"{SipUserAgent(options)} {string.Join(':', options.MacDigits.Chunk(2).Select(pair => new string(pair)))}"
            : SipUserAgent(options);

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) =>
        $"Yealink SIP-{options.Model} {YealinkModels.NumberOf(options.Model)}.{options.Release}";

    /// <inheritdoc/>
    public override PhoneProfile Profile(PhoneSettings settings, PhoneOptions options) => new()
    {
        Server = settings["static.auto_provision.server.url"],
        Discovers = settings.Switch("static.auto_provision.dhcp_option.enable", factoryValue: true),
        AsksByMulticast = settings.Switch("static.auto_provision.pnp_enable", factoryValue: true),
        Login = settings["static.auto_provision.server.username"] is { } user ? (user, settings["static.auto_provision.server.password"] ?? "") : null,
        ProvisionsAtPowerOn = settings.Switch("static.auto_provision.power_on", factoryValue: true),
        PollPeriod = settings.Switch("static.auto_provision.repeat.enable", factoryValue: false)
            ? TimeSpan.FromMinutes(Math.Max(1, settings.Number("static.auto_provision.repeat.minutes", 1440)))
            : null,
        CertificatesUrl = settings["static.trusted_certificates.url"],
        ChecksCertificates = settings.Switch("static.security.trust_certificates", factoryValue: true),
        ChecksName = settings.Switch("static.security.cn_validation", factoryValue: false),
        SignInKey = settings.Values
            .Where(setting => KeyTypePattern().IsMatch(setting.Key) && setting.Value == XmlBrowserKeyType)
            .OrderBy(setting => setting.Key, StringComparer.Ordinal)
            .Select(setting => settings[setting.Key[..^"type".Length] + "value"])
            .FirstOrDefault(value => Uri.TryCreate(value, UriKind.Absolute, out _)),
        Accounts = YealinkAccounts.ReadAll(settings, options, SipUserAgent(options)),
    };

    /// <inheritdoc/>
    public override PlugAndPlayWords? PlugAndPlay(PhoneOptions options) => new(PlugAndPlayWords.ByMac(options), "yealink", options.Model);

    /// <summary>MAC.boot, else the common boot file, and what it lists; else the older scheme of common and MAC file.</summary>
    public override async Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation)
    {
        IEnumerable<string> names = [$"y{YealinkModels.NumberOf(options.Model):D12}.cfg", options.MacDigits + ".cfg"];
        foreach (var name in new[] { options.MacDigits + ".boot", CommonBootFile })
        {
            var answer = await files.GetAsync(name, cancellation).ConfigureAwait(false);
            if (answer.IsSuccess)
            {
                if (YealinkConfigFile.Parse(Encoding.UTF8.GetString(answer.Content)) is { } boot)
                {
                    names = boot.Includes;
                    break;
                }

                files.Fail($"{name} does not begin with {YealinkConfigFile.VersionLine}.");
                return null;
            }

            if (answer.StatusCode != 404)
            {
                files.Fail($"{name}: HTTP {answer.StatusCode}");
                return null;
            }
        }

        return await files.GetAllAsync(names, cancellation).ConfigureAwait(false);
    }

    /// <summary>An empty value keeps what the phone has, <c>%NULL%</c> clears.</summary>
    public override PhoneFile? Read(FetchedFile file) => YealinkConfigFile.Parse(Encoding.UTF8.GetString(file.Content)) is { } read
        ? new PhoneFile(
            [.. read.Settings.Where(setting => setting.Value.Length > 0).Select(setting =>
                KeyValuePair.Create(setting.Key, setting.Value == YealinkConfigFile.ClearingValue ? null : setting.Value))],
            read.Faults)
        : null;

    /// <inheritdoc/>
    public override PhoneScreen? ReadScreen(byte[] content) => PhoneScreen.Parse(content);

    /// <summary>
    /// <c>sip.notify_reboot_enable</c>: 1, what the factory gave, always reboots; 0 reboots only with <c>;reboot=true</c> and resyncs
    /// otherwise; 2 ignores.
    /// </summary>
    public override NotifyDeed? Obey(EventHeader? notified, PhoneSettings settings) => notified?.Type.ToLowerInvariant() switch
    {
        "check-sync" => settings.Number("sip.notify_reboot_enable", 1) switch
        {
            2 => NotifyDeed.Nothing,
            0 when !string.Equals(notified.Parameters["reboot"], "true", StringComparison.OrdinalIgnoreCase) => NotifyDeed.Resync,
            _ => NotifyDeed.Reboot,
        },
        "yealink-xml" when settings.Switch("push_xml.sip_notify", factoryValue: false) => NotifyDeed.ShowScreen,
        _ => null,
    };

    [GeneratedRegex(@"^(programablekey|programmablekey|linekey|memorykey|softkey)\.\d+\.type$")]
    private static partial Regex KeyTypePattern();
}
