using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SipGateway.Trust;

namespace SipGateway.Hosting;

/// <summary>
/// The gateway's own certificate authority, made at the first start: phones are told to trust it, so that https works without buying anything.
/// RSA and P-256, because old desk phones know nothing newer.
/// </summary>
public sealed class PrivateCa
{
    // A factory-fresh phone has no clock yet: a certificate that starts today is refused by it.
    private static readonly TimeSpan Backdating = TimeSpan.FromDays(30);
    private static readonly TimeSpan CaLifetime = TimeSpan.FromDays(3650);

    // Phones and browsers refuse server certificates above 825 days.
    private static readonly TimeSpan ServerLifetime = TimeSpan.FromDays(800);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    private readonly DataDirectory directory;
    private readonly TimeProvider time;

    private PrivateCa(DataDirectory directory, TimeProvider time, X509Certificate2 certificate)
    {
        this.directory = directory;
        this.time = time;
        Certificate = certificate;
    }

    /// <summary>The authority with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The authority's certificate for phones, PEM.</summary>
    public string CertificatePem => Certificate.ExportCertificatePem();

    /// <summary>Reads the authority, or makes it at the first start.</summary>
    public static PrivateCa LoadOrCreate(DataDirectory directory, TimeProvider time)
    {
        if (!File.Exists(directory.CaKey))
        {
            Create(directory, time);
        }

        return new PrivateCa(directory, time, X509Certificate2.CreateFromPemFile(directory.CaCertificate, directory.CaKey));
    }

    /// <summary>Whether a server certificate that is good until then must be renewed.</summary>
    public static bool IsNearItsEnd(DateTimeOffset notAfter, TimeProvider time) => notAfter - RenewBefore <= time.GetUtcNow();

    /// <summary>The listeners' certificate for this public host; made anew when it is for another host or near its end.</summary>
    public X509Certificate2 LoadOrCreateServer(string publicHost)
    {
        if (File.Exists(directory.ServerKey) && File.Exists(directory.ServerCertificate))
        {
            var present = X509Certificate2.CreateFromPemFile(directory.ServerCertificate, directory.ServerKey);
            if (present.MatchesHostname(publicHost) && !IsNearItsEnd(present.NotAfter, time) && present.Issuer == Certificate.Subject)
            {
                return present;
            }
        }

        return CreateServer(publicHost);
    }

    /// <summary>Makes the certificate by which a process of a cluster is known to the others; one file with the key, its owner's alone.</summary>
    public void WriteClusterCertificate(string path, ClusterRole role)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            $"CN=SipGateway, OU={(role == ClusterRole.Silo ? "silo" : "client")}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        var now = time.GetUtcNow();
        using var certificate = request.Create(Certificate, now - TimeSpan.FromHours(1), now + ServerLifetime, RandomNumberGenerator.GetBytes(16));
        SecretFile.Write(path, Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n"));
    }

    private static void Create(DataDirectory directory, TimeProvider time)
    {
        using var key = RSA.Create(2048);
        var name = new X500DistinguishedName($"CN=SipGateway private CA {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}");
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now - Backdating, now + CaLifetime);
        File.WriteAllText(directory.CaCertificate, certificate.ExportCertificatePem() + "\n");
        SecretFile.Write(directory.CaKey, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
    }

    private X509Certificate2 CreateServer(string publicHost)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=SipGateway", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(AlternativeNames(publicHost));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        var now = time.GetUtcNow();
        using var certificate = request.Create(Certificate, now - Backdating + TimeSpan.FromHours(1), now + ServerLifetime, RandomNumberGenerator.GetBytes(16));
        File.WriteAllText(directory.ServerCertificate, certificate.ExportCertificatePem() + "\n");
        SecretFile.Write(directory.ServerKey, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
        return X509Certificate2.CreateFromPemFile(directory.ServerCertificate, directory.ServerKey);
    }

    private static X509Extension AlternativeNames(string publicHost)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        if (!IPAddress.TryParse(publicHost, out var address))
        {
            names.AddDnsName(publicHost);
        }
        else if (!address.Equals(IPAddress.Loopback) && !address.Equals(IPAddress.IPv6Loopback))
        {
            names.AddIpAddress(address);
        }

        return names.Build();
    }
}
