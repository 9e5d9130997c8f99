using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace SipGateway.PhoneSimulator;

/// <summary>
/// Whom the phone believes on https and TLS: only the CA from <c>static.trusted_certificates.url</c>, unless
/// <c>static.security.trust_certificates = 0</c>. The name is checked only with <c>static.security.cn_validation = 1</c>.
/// </summary>
internal sealed class PhoneTrust(PhoneOptions options, PhoneMemory memory)
{
    public SslClientAuthenticationOptions For(string? host)
    {
        var checksCertificates = memory.Settings.Switch("static.security.trust_certificates", factoryValue: true);
        var checksName = memory.Settings.Switch("static.security.cn_validation", factoryValue: false);
        var ssl = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            CertificateChainPolicy = ChainPolicy(),
            RemoteCertificateValidationCallback = (_, _, _, errors) => !checksCertificates
                || (errors & ~(checksName ? SslPolicyErrors.None : SslPolicyErrors.RemoteCertificateNameMismatch)) == SslPolicyErrors.None,
        };
        if (options.FactoryCertificate is { } certificate)
        {
            ssl.ClientCertificates = [certificate];
        }

        return ssl;
    }

    public static X509Certificate2Collection Read(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        return certificates;
    }

    private X509ChainPolicy ChainPolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        if (memory.TrustedCertificatePem is { } pem)
        {
            policy.CustomTrustStore.AddRange(Read(pem));
        }

        return policy;
    }
}
