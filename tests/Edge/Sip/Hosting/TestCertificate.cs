using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>Certificates for gateway.test, each with a name of its own.</summary>
internal static class TestCertificate
{
    /// <summary>The one of all tests that ask for nothing special.</summary>
    public static SslStreamCertificateContext Shared { get; } = Create("shared");

    public static SslStreamCertificateContext Create(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("gateway.test");
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        return SslStreamCertificateContext.Create(request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1)), null, offline: true);
    }
}
