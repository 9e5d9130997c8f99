using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>Cisco multiplatform phones: a factory-fresh one asks for its product's file, a configured one for what Profile_Rule says.</summary>
internal class CiscoDialect : PhoneDialect
{
    private const int MostLines = 16;

    /// <inheritdoc/>
    public override string Vendor => "cisco";

    /// <inheritdoc/>
    public override string UsualModel => "CP-8841-3PCC";

    /// <inheritdoc/>
    public override string UsualRelease => "11.3.7";

    /// <inheritdoc/>
    public override string HttpUserAgent(PhoneOptions options, PhoneSettings settings) => $"Cisco-{options.Model}/{options.Release} ({options.MacDigits})";

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) => $"Cisco-{options.Model}/{options.Release}_{options.MacDigits}";

    /// <inheritdoc/>
    public override PhoneProfile Profile(PhoneSettings settings, PhoneOptions options) => new()
    {
        Server = Rule(settings) is { } rule && rule.LastIndexOf('/') is var end and > 0 ? rule[..(end + 1)] : null,
        Discovers = settings["DHCP_Option_To_Use"] != "",
        ProvisionsAtPowerOn = settings["Resync_On_Reset"] != "No",
        PollPeriod = settings.Number("Resync_Periodic", 3600) is var seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null,
        CertificatesUrl = settings["Custom_CA_Rule"],
        SignInKey = settings["XML_Application_Service_URL"],
        Accounts = [.. Enumerable.Range(1, MostLines).Select(line => Account(settings, options, line)).OfType<AccountSettings>()],
    };

    /// <summary>Profile_Rule's file, or <c>/$PSN.xml</c> from the factory.</summary>
    public override async Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation)
    {
        // "CP-8841-3PCC" is 8841 for short. A configured phone asks for its own file; the product's is asked for where that one is not there.
        var own = await files.GetAllAsync([options.MacDigits + ".xml"], cancellation).ConfigureAwait(false);
        return own is { Count: 0 } ? await files.GetAllAsync([options.Model.Split('-')[1] + ".xml"], cancellation).ConfigureAwait(false) : own;
    }

    /// <inheritdoc/>
    public override PhoneFile? Read(FetchedFile file) => XmlFile.Load(file.Content) is { Name.LocalName: "flat-profile" } root
        ? new PhoneFile(
            [.. root.Elements().Select(element => KeyValuePair.Create(element.Name.LocalName, (string?)element.Value))],
            [.. root.Elements().Where(element => element.HasElements).Select(element => $"{element.Name.LocalName} is no flat setting")])
        : null;

    /// <inheritdoc/>
    public override PhoneScreen? ReadScreen(byte[] content)
    {
        if (XmlFile.Load(content) is not { } root || !root.Name.LocalName.StartsWith("CiscoIPPhone", StringComparison.Ordinal))
        {
            return null;
        }

        var lines = (root.Element("Text")?.Value ?? "").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
        var keys = root.Elements("SoftKeyItem").Select(key => KeyValuePair.Create(key.Element("Name")?.Value ?? "", key.Element("URL")?.Value ?? ""));
        return new PhoneScreen(root.Name.LocalName, root.Element("Title")?.Value ?? "", [.. lines], [.. keys]);
    }

    /// <summary>Resync, reboot, report, restart and XML-Service, unless <c>Auth_Resync-Reboot</c> is No.</summary>
    public override bool Challenges(EventHeader? notified, PhoneSettings settings) => settings["Auth_Resync-Reboot_1_"] != "No";

    /// <inheritdoc/>
    public override NotifyDeed? Obey(EventHeader? notified, PhoneSettings settings) => notified?.Type.ToLowerInvariant() switch
    {
        "resync" or "check-sync" => settings["Resync_From_SIP"] == "No" ? NotifyDeed.Nothing : NotifyDeed.Resync,
        "reboot" or "restart" => NotifyDeed.Reboot,
        "xml-service" => NotifyDeed.ShowScreen,
        _ => null,
    };

    // Options in brackets before the address are for logins and keys.
    protected static string? Rule(PhoneSettings settings) => settings["Profile_Rule"] is { Length: > 0 } rule ? rule[(rule.IndexOf(']') + 1)..].Trim() : null;

    private AccountSettings? Account(PhoneSettings settings, PhoneOptions options, int line)
    {
        string? Of(string name) => settings[$"{name}_{line}_"] is { Length: > 0 } value ? value : null;
        if (Of("Line_Enable") == "No" || Of("User_ID") is not { } user || HostAndPort.Parse(Of("Proxy")) is not { } server || Of("Register") == "No")
        {
            return null;
        }

        return new AccountSettings
        {
            Number = line,
            UserName = user,
            AuthenticationName = Of("Use_Auth_ID") == "Yes" ? Of("Auth_ID") ?? user : user,
            Password = Of("Password") ?? "",
            Server = server.Host,
            Port = server.Port,
            Transport = Of("SIP_Transport") == "TCP" ? PhoneTransport.Tcp : PhoneTransport.Udp,
            ExpiresSeconds = settings.Number($"Register_Expires_{line}_", 3600),
            KeepAliveSeconds = Of("NAT_Keep_Alive_Enable") == "Yes" ? 15 : 0,
            DisplayName = Of("Display_Name"),
            Label = Of("Short_Name") ?? Of("Display_Name") ?? user,
            UserAgent = SipUserAgent(options),
            OutboundProxy = HostAndPort.Parse(Of("Outbound_Proxy")),
            SecondProxy = HostAndPort.Parse(Of("Alternate_Outbound_Proxy")),
        };
    }
}
