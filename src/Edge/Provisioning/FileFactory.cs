using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Edge;

/// <summary>What goes into a file: the bootstrap of a candidate, or the configuration of a device in service.</summary>
internal sealed class FileFactory(KeyRing keys, ProvisioningOptions options)
{
    /// <summary>By MAC alone a phone gets this and nothing else, in the same shape whether the MAC is known or not.</summary>
    public FileFacts Bootstrap(Candidate candidate, RecognizedPhone phone, string language, EffectivePolicy? policy)
    {
        var user = candidate.SipUser(keys);
        return Common(phone, candidate.Mac, language, policy ?? new EffectivePolicy { Language = language }) with
        {
            DeviceUrl = $"{options.SecureRoot}/d/{candidate.Token(keys)}/",
            ScreenUrl = $"{options.SecureRoot}/s/{candidate.ScreenToken(keys)}/{SignInScreen.SignInPage}",
            SipUser = user,
            SipPassword = Candidate.SipSecret(keys, user)!,
        };
    }

    /// <summary>The device's own line.</summary>
    public FileFacts Device(PhoneConfig config, string mac, RecognizedPhone phone)
    {
        var screen = new DeviceToken(mac, config.ScreenTokenRandom).Format(keys, DeviceTokenKind.Screen);
        return Common(phone, mac, config.Policy.Language, config.Policy) with
        {
            DeviceUrl = $"{options.SecureRoot}/d/{new DeviceToken(mac, config.ConfigTokenRandom).Format(keys, DeviceTokenKind.Config)}/",
            ScreenUrl = $"{options.SecureRoot}/s/{screen}/{(config.IsSignedIn ? SignInScreen.SignOutPage : SignInScreen.SignInPage)}",
            SipUser = config.SipUser,
            SipPassword = config.SipPassword,
            IsSignedIn = config.IsSignedIn,
            DisplayName = config.DisplayName,
            PhoneNumber = config.PhoneNumber,
        };
    }

    private FileFacts Common(RecognizedPhone phone, string mac, string language, EffectivePolicy policy) => new()
    {
        Phone = phone,
        Mac = mac,
        Language = language,
        CaUrl = options.CaCertificatePem.Length > 0 ? $"{options.PlainRoot}/ca.crt" : "",
        SipDomain = options.SipDomain,
        SipHost = options.PublicHost,
        SipPort = options.SipPort(),
        Policy = policy,
    };
}
