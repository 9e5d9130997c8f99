using System.Xml.Linq;
using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>
/// Poly OBi adapters: objects with parameters in the manner of TR-104, written in whole words or in letters. ConfigURL says where the next file is;
/// from the factory that is one named by the model.
/// </summary>
internal sealed class PolyObiDialect : PhoneDialect
{
    private const string UrlKey = "X_DeviceManagement.ITSPProvisioning.ConfigURL";
    private const string Profile1 = "VoiceService.1.VoiceProfile.1.";
    private const string Line1 = Profile1 + "Line.1.";
    private const int MostPorts = 8;

    /// <inheritdoc/>
    public override string Vendor => "polyobi";

    /// <inheritdoc/>
    public override string UsualModel => "OBi302";

    /// <inheritdoc/>
    public override string UsualRelease => "3.2.2.8661";

    /// <inheritdoc/>
    public override string HttpUserAgent(PhoneOptions options, PhoneSettings settings) => SipUserAgent(options);

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) => $"OBIHAI/{options.Model}-{options.Release}";

    /// <summary>The factory's ConfigURL names what DHCP says; any other does not.</summary>
    public override PhoneProfile Profile(PhoneSettings settings, PhoneOptions options) => new()
    {
        Server = settings[UrlKey] is { Length: > 0 } url && url.LastIndexOf('/') is var end and > 0 ? url[..(end + 1)] : null,
        Discovers = settings[UrlKey] is null,
        PollPeriod = settings["X_DeviceManagement.ITSPProvisioning.Method"] == "Periodically"
            ? TimeSpan.FromSeconds(Math.Max(60, settings.Number("X_DeviceManagement.ITSPProvisioning.Interval", 86400)))
            : null,
        ChecksCertificates = false,
        Accounts = [.. Enumerable.Range(1, MostPorts).Select(port => Account(settings, options, port)).OfType<AccountSettings>()],
    };

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation)
    {
        string Expand(string url) => url.Replace("$MAC", options.MacDigits.ToUpperInvariant(), StringComparison.Ordinal);
        return files.Settings[UrlKey] is { Length: > 0 } known
            ? await files.GetAllAsync([Expand(known)], cancellation).ConfigureAwait(false)
            : await files.GetAndFollowAsync(
                options.Model + ".xml",
                model => Read(model)?.Settings.LastOrDefault(setting => setting.Key == UrlKey).Value is { } url ? Expand(url) : null,
                cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override PhoneFile? Read(FetchedFile file)
    {
        if (XmlFile.Load(file.Content) is not { Name.LocalName: "ParameterList" } root)
        {
            return null;
        }

        var settings = new List<KeyValuePair<string, string?>>();
        var faults = new List<string>();
        foreach (var part in Either(root, "Object", "O"))
        {
            var name = Either(part, "Name", "N").FirstOrDefault()?.Value ?? "";
            if (!name.EndsWith('.'))
            {
                faults.Add($"has an object whose name has no dot at its end: {name}");
            }

            foreach (var parameter in Either(part, "ParameterValueStruct", "P"))
            {
                var value = Either(parameter, "Value", "V").FirstOrDefault();
                var isDefault = value is null || value.Attributes().Any(attribute => attribute.Name.LocalName is "X_UseDefault" or "X_UD");
                settings.Add(KeyValuePair.Create(name + Either(parameter, "Name", "N").FirstOrDefault()?.Value, isDefault ? null : value!.Value));
            }
        }

        return new PhoneFile(settings, faults);
    }

    /// <summary>It has no screen.</summary>
    public override PhoneScreen? ReadScreen(byte[] content) => null;

    /// <inheritdoc/>
    public override bool Challenges(EventHeader? notified, PhoneSettings settings) => settings[Line1 + "X_AcceptResync"] == "yes with authentication";

    /// <inheritdoc/>
    public override NotifyDeed? Obey(EventHeader? notified, PhoneSettings settings) => notified?.Type.ToLowerInvariant() switch
    {
        "sync" => NotifyDeed.Resync,
        "resync" => settings[Line1 + "X_AcceptResync"] == "no" ? NotifyDeed.Nothing : NotifyDeed.Reboot,
        _ => null,
    };

    private static IEnumerable<XElement> Either(XElement parent, string whole, string letter) =>
        parent.Elements().Where(element => element.Name.LocalName == whole || element.Name.LocalName == letter);

    // A service is enabled from the factory. Only the port whose primary line it is dials by it; the first port's is SP1.
    private AccountSettings? Account(PhoneSettings settings, PhoneOptions options, int port)
    {
        var line = $"{Profile1}Line.{port}.";
        string? Of(string name) => settings[name] is { Length: > 0 } value ? value : null;
        var isPrimary = port == 1 || Of($"VoiceService.1.X_FXS.{port}.PrimaryLine") == $"SP{port} Service";
        var isOn = isPrimary && Of(line + "Enable") is not ("Disabled" or "false" or "0");
        if (!isOn || Of(line + "SIP.AuthUserName") is not { } user || Of(Profile1 + "SIP.ProxyServer") is not { } server)
        {
            return null;
        }

        var name = Of(line + "CallingFeatures.CallerIDName");
        return new AccountSettings
        {
            Number = port,
            UserName = user,
            AuthenticationName = user,
            Password = Of(line + "SIP.AuthPassword") ?? "",
            Server = Of(Profile1 + "SIP.UserAgentDomain") ?? server,
            Port = settings.Number(Profile1 + "SIP.ProxyServerPort", 5060),
            Transport = Of(Profile1 + "SIP.ProxyServerTransport") == "TCP" ? PhoneTransport.Tcp : PhoneTransport.Udp,
            ExpiresSeconds = settings.Number(Profile1 + "SIP.RegistrationPeriod", 60),
            KeepAliveSeconds = Of(line + "X_KeepAliveEnable") is "Enabled" or "true" or "1" ? 15 : 0,
            DisplayName = name,
            Label = name ?? user,
            UserAgent = SipUserAgent(options),
            OutboundProxy = Of(Profile1 + "SIP.OutboundProxy") is { } proxy ? (proxy, settings.Number(Profile1 + "SIP.OutboundProxyPort", 5060)) : null,
        };
    }
}
