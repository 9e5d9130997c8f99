using System.Xml.Linq;

namespace SipGateway.PhoneSimulator;

/// <summary>The numbered settings that Grandstream's and Htek's phones share, as such a phone reads them.</summary>
internal static class PValueAccounts
{
    /// <summary>What the settings say.</summary>
    /// <param name="settings">By their numbers.</param>
    /// <param name="userAgent">Of SIP requests.</param>
    public static PhoneProfile Profile(PhoneSettings settings, string userAgent) => new()
    {
        Server = settings["P237"] is { Length: > 0 } path ? (settings["P212"] == "2" ? "https://" : "http://") + path : null,
        Discovers = settings["P145"] != "0",
        PollPeriod = settings["P194"] == "1" ? TimeSpan.FromMinutes(Math.Max(60, settings.Number("P193", 10080))) : null,

        // "Validate server certificates" is off until somebody switches it on.
        ChecksCertificates = false,
        Accounts = [.. new[] { Account(settings, userAgent), SecondPort(settings, userAgent) }.OfType<AccountSettings>()],
    };

    private static AccountSettings? Account(PhoneSettings settings, string userAgent)
    {
        if (settings["P271"] != "1" || settings["P35"] is not { Length: > 0 } user || HostAndPort.Parse(settings["P47"]) is not { } server)
        {
            return null;
        }

        return new AccountSettings
        {
            Number = 1,
            UserName = user,
            AuthenticationName = settings["P36"] is { Length: > 0 } name ? name : user,
            Password = settings["P34"] ?? "",
            Server = server.Host,
            Port = server.Port,
            Transport = settings["P130"] == "1" ? PhoneTransport.Tcp : PhoneTransport.Udp,

            // In minutes.
            ExpiresSeconds = 60 * settings.Number("P32", 60),
            KeepAliveSeconds = 20,
            DisplayName = settings["P3"],
            Label = settings["P270"] is { Length: > 0 } label ? label : user,
            UserAgent = userAgent,
            OutboundProxy = HostAndPort.Parse(settings["P48"]),
            SecondProxy = HostAndPort.Parse(settings["P2333"]),
        };
    }

    // An adapter's second port has numbers of its own.
    private static AccountSettings? SecondPort(PhoneSettings settings, string userAgent)
    {
        if (settings["P401"] != "1" || settings["P735"] is not { Length: > 0 } user || HostAndPort.Parse(settings["P747"]) is not { } server)
        {
            return null;
        }

        return new AccountSettings
        {
            Number = 2,
            UserName = user,
            AuthenticationName = settings["P736"] is { Length: > 0 } name ? name : user,
            Password = settings["P734"] ?? "",
            Server = server.Host,
            Port = server.Port,
            Transport = settings["P830"] == "1" ? PhoneTransport.Tcp : PhoneTransport.Udp,
            ExpiresSeconds = 60 * settings.Number("P732", 60),
            KeepAliveSeconds = 20,
            DisplayName = settings["P703"],
            Label = settings["P703"] is { Length: > 0 } label ? label : user,
            UserAgent = userAgent,
            OutboundProxy = HostAndPort.Parse(settings["P748"]),
        };
    }

    /// <summary>Reads a file of such settings; null when it is none, or another phone's.</summary>
    /// <param name="content">The file.</param>
    /// <param name="frame">The root element.</param>
    /// <param name="mac">Whose phone it is; null for a file of all phones.</param>
    public static PhoneFile? Read(byte[] content, string frame, string? mac)
    {
        if (XmlFile.Load(content) is not { } root || root.Name.LocalName != frame || (mac is not null && root.Element("mac") is { } of && of.Value != mac))
        {
            return null;
        }

        var elements = root.Elements("config").Elements().ToList();
        var faults = elements.Where(element => element.HasElements || !element.Name.LocalName.StartsWith('P'))
            .Select(element => $"{element.Name} is no setting");
        return new PhoneFile([.. elements.Select(element => KeyValuePair.Create(element.Name.LocalName, (string?)element.Value))], [.. faults]);
    }
}
