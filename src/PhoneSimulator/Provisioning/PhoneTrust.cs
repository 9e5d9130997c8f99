using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace SipGateway.PhoneSimulator;

/// <summary>
/// Whom the phone believes on https and TLS: only the CA that its configuration (else the factory) named, unless that says to believe anybody. The
/// name is checked only when it says so.
/// </summary>
internal sealed class PhoneTrust(PhoneOptions options, PhoneMemory memory)
{
    public SslClientAuthenticationOptions For(string? host)
    {
        var profile = options.Dialect.Profile(memory.Settings, options);
        var ssl = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            CertificateChainPolicy = ChainPolicy(),
            RemoteCertificateValidationCallback = (_, _, _, errors) => !profile.ChecksCertificates
                || (errors & ~(profile.ChecksName ? SslPolicyErrors.None : SslPolicyErrors.RemoteCertificateNameMismatch)) == SslPolicyErrors.None,
        };
        if (options.FactoryCertificate is { } certificate)
        {
            ssl.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, [.. options.FactoryIssuers], offline: true);
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
        if ((memory.TrustedCertificatePem ?? options.FactoryTrustPem) is { } pem)
        {
            policy.CustomTrustStore.AddRange(Read(pem));
        }

        return policy;
    }
}
