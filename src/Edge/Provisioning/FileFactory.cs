using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Edge;

/// <summary>How a phone came, and so how it is told to come again.</summary>
internal enum PhoneWay
{
    /// <summary>Plain http.</summary>
    Plain,

    /// <summary>TLS, so it trusts us.</summary>
    Secure,

    /// <summary>TLS, with its factory certificate, so we trust it.</summary>
    Certificate,
}

/// <summary>What goes into a file: the bootstrap of a candidate, or the configuration of a device in service.</summary>
internal sealed class FileFactory(KeyRing keys, FirmwareOffers firmware, ProvisioningOptions options)
{
    /// <summary>By MAC alone a phone gets this and nothing else, in the same shape whether the MAC is known or not.</summary>
    /// <param name="candidate">Whose.</param>
    /// <param name="phone">What asks.</param>
    /// <param name="asked">The language in the URL; empty for none. It goes before the tenant's, and stays in the device's own URL.</param>
    /// <param name="origin">How the phone came; it stays in the candidate's URL, and nowhere else until the phone is enrolled.</param>
    /// <param name="policy">The only claiming tenant's; null for the gateway's own.</param>
    /// <param name="way">How the phone is to come again.</param>
    public FileFacts Bootstrap(
        Candidate candidate, RecognizedPhone phone, string asked, PhoneOrigin origin, EffectivePolicy? policy, PhoneWay way)
    {
        // A phone that keeps an https address and missed the CA could never be reached again: https is named where https came through.
        var isSecure = way == PhoneWay.Secure || options.CaCertificatePem.Length == 0;
        var root = way == PhoneWay.Certificate ? options.CertificateRoot : isSecure ? options.SecureRoot : options.PlainRoot;
        var user = candidate.SipUser(keys);
        var language = asked.Length > 0 ? asked : policy?.Language ?? ScreenTexts.Default;
        return Common(phone, candidate.Mac, language, policy ?? new EffectivePolicy()) with
        {
            DeviceUrl = $"{root}{ProvisioningPath.Prefix(asked, origin)}/d/{candidate.Token(keys)}/",
            ScreenUrl = ScreenUrl(language, candidate.ScreenToken(keys), SignInScreen.SignInPage),
            SipUser = user,
            SipPassword = Candidate.SipSecret(keys, user)!,
        };
    }

    /// <summary>The device's own line.</summary>
    /// <param name="config">From its grain.</param>
    /// <param name="mac">Which device.</param>
    /// <param name="phone">What asks.</param>
    /// <param name="asked">The language in the URL; it counts where the policy says nothing but the default.</param>
    /// <param name="minFirmware">The oldest firmware that works on it; empty when none is known.</param>
    /// <param name="isProved">It showed its factory certificate, and shall go on doing so.</param>
    public FileFacts Device(PhoneConfig config, string mac, RecognizedPhone phone, string asked, string minFirmware, bool isProved)
    {
        var screen = new DeviceToken(mac, config.ScreenTokenRandom).Format(keys, DeviceTokenKind.Screen);
        var token = new DeviceToken(mac, config.ConfigTokenRandom).Format(keys, DeviceTokenKind.Config);
        var language = asked.Length > 0 && config.Policy.Language == ScreenTexts.Default ? asked : config.Policy.Language;
        return Common(phone, mac, language, config.Policy) with
        {
            DeviceUrl = $"{(isProved ? options.CertificateRoot : options.SecureRoot)}{ProvisioningPath.Prefix(asked)}/d/{token}/",
            ScreenUrl = ScreenUrl(language, screen, config.IsSignedIn ? SignInScreen.SignOutPage : SignInScreen.SignInPage),
            SipUser = config.SipUser,
            SipPassword = config.SipPassword,
            IsSignedIn = config.IsSignedIn,
            IsDevice = true,

            // It trusts us by now; over plain http somebody on the way could hand it another CA.
            CaUrl = CaUrl(options.SecureRoot),
            DisplayName = config.DisplayName,
            PhoneNumber = config.PhoneNumber,
            Lines = [.. config.Lines.Select(line => LineTexts.Of(line, language))],
            FirmwareUrl = firmware.UrlFor(phone, mac, config.Policy, minFirmware),
        };
    }

    private string ScreenUrl(string language, string token, string page) =>
        $"{options.SecureRoot}{ProvisioningPath.Prefix(ScreenTexts.Has(language) ? language : "")}/s/{token}/{page}";

    private string CaUrl(string root) => options.CaCertificatePem.Length > 0 ? $"{root}/ca.crt" : "";

    private FileFacts Common(RecognizedPhone phone, string mac, string language, EffectivePolicy policy)
    {
        var servers = SipServers.OrderFor(mac, policy.Region, options.EdgeHosts);
        return new FileFacts
        {
            Phone = phone,
            Mac = mac,
            Language = language,
            CaUrl = CaUrl(options.PlainRoot),
            SipDomain = options.SipDomain,
            SipHost = servers.Count > 0 ? servers[0].Host : options.PublicHost,
            SipPort = servers.Count > 0 ? servers[0].Port : options.SipPort(),
            SecondServer = servers.Count > 1 ? servers[1] : null,
            SipTransport = options.SipTransport,
            Policy = policy,
        };
    }
}
