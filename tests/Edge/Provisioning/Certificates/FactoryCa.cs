using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>A vendor's CA that makes factory certificates, made in the test.</summary>
internal sealed class FactoryCa
{
    private FactoryCa(X509Certificate2 certificate, FactoryCa? above) => (Certificate, Above) = (certificate, above);

    /// <summary>With its key.</summary>
    public X509Certificate2 Certificate { get; }

    public FactoryCa? Above { get; }

    public string Pem => Certificate.ExportCertificatePem() + "\n";

    public static FactoryCa Root(string name, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new FactoryCa(Request(name, key, isCa: true).CreateSelfSigned(From(from), Until(until)), above: null);
    }

    public FactoryCa Below(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = Request(name, key, isCa: true).Create(Certificate, From(null), Until(null), RandomNumberGenerator.GetBytes(8));
        return new FactoryCa(made.CopyWithPrivateKey(key), this);
    }

    /// <summary>A phone's certificate with its key.</summary>
    public X509Certificate2 Phone(string subject, DateTimeOffset? from = null, DateTimeOffset? until = null) =>
        Phone(new X500DistinguishedName(subject), from, until);

    public X509Certificate2 Phone(X500DistinguishedName subject, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        using var made = request.Create(Certificate, From(from), Until(until), RandomNumberGenerator.GetBytes(8));
        using var whole = made.CopyWithPrivateKey(key);

        // Written and read again: a key that was made just now cannot be shown by every TLS stack.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>A phone's certificate that nobody signed but itself.</summary>
    public static X509Certificate2 SelfSigned(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSelfSigned(From(null), Until(null));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private static CertificateRequest Request(string name, ECDsa key, bool isCa)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isCa, false, 0, true));
        return request;
    }

    private static DateTimeOffset From(DateTimeOffset? asked) => asked ?? new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static DateTimeOffset Until(DateTimeOffset? asked) => asked ?? new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
