namespace SipGateway.PhoneSimulator;

/// <summary>A Yealink's accounts, from its settings.</summary>
internal static class YealinkAccounts
{
    /// <summary>Most accounts of a phone: 16, as a T46U has.</summary>
    private const int MaxAccounts = 16;

    /// <summary>All accounts that are enabled and have a server.</summary>
    public static IReadOnlyList<AccountSettings> ReadAll(PhoneSettings settings, PhoneOptions options, string userAgent) =>
        [.. Enumerable.Range(1, MaxAccounts).Select(number => Read(settings, number, options, userAgent)).OfType<AccountSettings>()];

    private static AccountSettings? Read(PhoneSettings settings, int number, PhoneOptions options, string userAgent)
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
        var second = proxy is null ? null : settings[prefix + "outbound_proxy.2.address"];
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
            UserAgent = settings[prefix + "custom_ua"] ?? userAgent + macInUserAgent,
            OutboundProxy = proxy is null ? null : (proxy, settings.Number(prefix + "outbound_proxy.1.port", 5060)),
            SecondProxy = second is null ? null : (second, settings.Number(prefix + "outbound_proxy.2.port", 5060)),
        };
    }
}
