using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>One account as the configuration has it. Two equal ones are the same account: nothing is registered anew.</summary>
internal sealed record AccountSettings
{
    /// <summary>Most accounts of a phone. Default: 16, as a T46U has.</summary>
    public const int MaxAccounts = 16;

    public required int Number { get; init; }

    public required string UserName { get; init; }

    public required string AuthenticationName { get; init; }

    public required string Password { get; init; }

    public required string Server { get; init; }

    public required int Port { get; init; }

    public required PhoneTransport Transport { get; init; }

    public required int ExpiresSeconds { get; init; }

    public required int KeepAliveSeconds { get; init; }

    public string? DisplayName { get; init; }

    public string Label { get; init; } = string.Empty;

    public required string UserAgent { get; init; }

    public (string Host, int Port)? OutboundProxy { get; init; }

    /// <summary>The address of record.</summary>
    public SipUri Address => SipUri.Create(UserName, Server);

    /// <summary>Where its packets go.</summary>
    public (string Host, int Port) NextHop => OutboundProxy ?? (Server, Port);

    /// <summary>Names no secret.</summary>
    public override string ToString() => $"account {Number} {Label}";

    /// <summary>All accounts that are enabled and have a server.</summary>
    public static IReadOnlyList<AccountSettings> ReadAll(PhoneSettings settings, PhoneOptions options) =>
        [.. Enumerable.Range(1, MaxAccounts).Select(number => Read(settings, number, options)).OfType<AccountSettings>()];

    private static AccountSettings? Read(PhoneSettings settings, int number, PhoneOptions options)
    {
        var prefix = $"account.{number}.";
        if (!settings.Switch(prefix + "enable", factoryValue: false) || settings[prefix + "user_name"] is not { Length: > 0 } user
            || settings[prefix + "sip_server.1.address"] is not { Length: > 0 } server)
        {
            return null;
        }

        var transport = (PhoneTransport)settings.Number(prefix + "sip_server.1.transport_type", 0);
        var usesProxy = settings.Switch(prefix + "outbound_proxy_enable", factoryValue: false);
        var proxy = usesProxy ? settings[prefix + "outbound_proxy.1.address"] : null;
        var keepsAlive = settings.Switch(prefix + "nat.udp_update_enable", factoryValue: true);
        var macInUserAgent = settings.Switch("sip.mac_in_ua", factoryValue: false) ? " " + options.MacDigits : string.Empty;
        return new AccountSettings
        {
            Number = number,
            UserName = user,
            AuthenticationName = settings[prefix + "auth_name"] ?? user,
            Password = settings[prefix + "password"] ?? string.Empty,
            Server = server,
            Port = settings.Number(prefix + "sip_server.1.port", 5060),
            Transport = Enum.IsDefined(transport) ? transport : PhoneTransport.Udp,
            ExpiresSeconds = settings.Number(prefix + "sip_server.1.expires", 3600),
            KeepAliveSeconds = keepsAlive ? settings.Number(prefix + "nat.udp_update_time", 30) : 0,
            DisplayName = settings[prefix + "display_name"],
            Label = settings[prefix + "label"] ?? user,
            UserAgent = settings[prefix + "custom_ua"] ?? options.SipUserAgent + macInUserAgent,
            OutboundProxy = proxy is null ? null : (proxy, settings.Number(prefix + "outbound_proxy.1.port", 5060)),
        };
    }
}
