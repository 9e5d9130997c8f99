using System.Xml.Linq;

namespace SipGateway.PhoneSimulator;

/// <summary>The numbered settings that Grandstream's and Htek's phones share, as such a phone reads them.</summary>
internal static class PValueAccounts
{
    private static readonly AccountNumbers FirstPort = new()
    {
        Number = 1, Active = "P271", User = "P35", AuthenticationName = "P36", Password = "P34", Server = "P47", Transport = "P130",
        ExpiresMinutes = "P32", DisplayName = "P3", Label = "P270", OutboundProxy = "P48", SecondProxy = "P2333",
    };

    // An adapter's second port has numbers of its own, and its display name is its label.
    private static readonly AccountNumbers SecondPort = new()
    {
        Number = 2, Active = "P401", User = "P735", AuthenticationName = "P736", Password = "P734", Server = "P747", Transport = "P830",
        ExpiresMinutes = "P732", DisplayName = "P703", Label = "P703", OutboundProxy = "P748",
    };

    /// <summary>What the settings say.</summary>
    /// <param name="settings">By their numbers.</param>
    /// <param name="userAgent">Of SIP requests.</param>
    public static PhoneProfile Profile(PhoneSettings settings, string userAgent) => new()
    {
        Server = settings["P237"] is { Length: > 0 } path ? (settings["P212"] == "2" ? "https://" : "http://") + path : null,
        Discovers = settings["P145"] != "0",

        // "The phone should be reset to factory default or out of the box."
        AsksByMulticast = settings["P237"] is not { Length: > 0 },
        PollPeriod = settings["P194"] == "1" ? TimeSpan.FromMinutes(Math.Max(60, settings.Number("P193", 10080))) : null,

        // "Validate server certificates" is off until somebody switches it on.
        ChecksCertificates = false,
        Accounts = [.. new[] { FirstPort, SecondPort }.Select(port => Account(settings, port, userAgent)).OfType<AccountSettings>()],
    };

    private static AccountSettings? Account(PhoneSettings settings, AccountNumbers of, string userAgent)
    {
        if (settings[of.Active] != "1" || settings[of.User] is not { Length: > 0 } user || HostAndPort.Parse(settings[of.Server]) is not { } server)
        {
            return null;
        }

        return new AccountSettings
        {
            Number = of.Number,
            UserName = user,
            AuthenticationName = settings[of.AuthenticationName] is { Length: > 0 } name ? name : user,
            Password = settings[of.Password] ?? "",
            Server = server.Host,
            Port = server.Port,
            Transport = settings[of.Transport] == "1" ? PhoneTransport.Tcp : PhoneTransport.Udp,
            ExpiresSeconds = 60 * settings.Number(of.ExpiresMinutes, 60),
            KeepAliveSeconds = 20,
            DisplayName = settings[of.DisplayName],
            Label = settings[of.Label] is { Length: > 0 } label ? label : user,
            UserAgent = userAgent,
            OutboundProxy = HostAndPort.Parse(settings[of.OutboundProxy]),
            SecondProxy = of.SecondProxy is { } second ? HostAndPort.Parse(settings[second]) : null,
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

    /// <summary>Under which numbers an account is.</summary>
    private sealed record AccountNumbers
    {
        public required int Number { get; init; }

        public required string Active { get; init; }

        public required string User { get; init; }

        public required string AuthenticationName { get; init; }

        public required string Password { get; init; }

        public required string Server { get; init; }

        public required string Transport { get; init; }

        public required string ExpiresMinutes { get; init; }

        public required string DisplayName { get; init; }

        public required string Label { get; init; }

        public required string OutboundProxy { get; init; }

        public string? SecondProxy { get; init; }
    }
}
