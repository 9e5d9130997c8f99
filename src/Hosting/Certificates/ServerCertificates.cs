using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SipGateway.Hosting;

/// <summary>
/// The certificate that https and SIP over TLS show, from PEM files that are looked at again and again: whoever renews them need not restart
/// the gateway. Connections that are open stay as they are. The private CA's own certificate is renewed here before it ends.
/// </summary>
public sealed class ServerCertificates
{
    private readonly string[] paths;
    private readonly Action<DateTimeOffset> renew;
    private readonly TimeProvider time;
    private volatile SslStreamCertificateContext current;
    private byte[] looked;

    private ServerCertificates(string[] paths, Action<DateTimeOffset> renew, TimeProvider time)
    {
        this.paths = paths;
        this.renew = renew;
        this.time = time;
        looked = Read();
        current = Load(looked);
    }

    /// <summary>The certificate with key and chain; the same object until it changes.</summary>
    public SslStreamCertificateContext Current => current;

    /// <summary>Where it comes from, for people.</summary>
    public string Path => paths[0];

    /// <summary>The operator's own certificate, or the one that the private CA makes for this public host.</summary>
    /// <param name="path">The operator's PEM file; empty: none.</param>
    /// <param name="publicHost">The name that phones are told.</param>
    /// <param name="directory">Where the private CA keeps what it makes.</param>
    /// <param name="ca">The private CA.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="StartException">The operator's file holds none that can be used.</exception>
    public static ServerCertificates Open(string path, string publicHost, DataDirectory directory, PrivateCa ca, TimeProvider time)
    {
        if (path.Length > 0)
        {
            return Open(path, time);
        }

        ca.LoadOrCreateServer(publicHost).Dispose();
        return new ServerCertificates(
            [directory.ServerCertificate, directory.ServerKey],
            notAfter =>
            {
                if (PrivateCa.IsNearItsEnd(notAfter, time))
                {
                    ca.LoadOrCreateServer(publicHost).Dispose();
                }
            },
            time);
    }

    /// <summary>The operator's own certificate.</summary>
    /// <exception cref="StartException">The file holds none that can be used.</exception>
    public static ServerCertificates Open(string path, TimeProvider time)
    {
        try
        {
            return new ServerCertificates([path], _ => { }, time);
        }
        catch (Exception e) when (IsUnusable(e))
        {
            throw new StartException(
                $"--certificate {path} cannot be used: {e.Message} Give a PEM file that holds the certificate, its chain and its key.", e);
        }
    }

    /// <summary>Looks at the files and takes what is new. What cannot be used leaves the one before in use.</summary>
    /// <returns>Whether a new one was taken; the fault when what is new cannot be used, once.</returns>
    public (bool IsNew, Exception? Fault) Look()
    {
        try
        {
            renew(current.TargetCertificate.NotAfter);
            var read = Read();
            if (read.AsSpan().SequenceEqual(looked))
            {
                return (false, null);
            }

            looked = read;
            current = Load(read);
            return (true, null);
        }
        catch (Exception e) when (IsUnusable(e))
        {
            return (false, e);
        }
    }

    private static bool IsUnusable(Exception e) => e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException;

    private byte[] Read() => [.. paths.SelectMany(File.ReadAllBytes)];

    private SslStreamCertificateContext Load(byte[] pem)
    {
        var text = Encoding.UTF8.GetString(pem);
        var certificate = X509Certificate2.CreateFromPem(text, text);
        if (certificate.NotAfter <= time.GetUtcNow())
        {
            throw new CryptographicException($"It ended on {certificate.NotAfter.ToUniversalTime():u}.");
        }

        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(text);

        // Offline: a start must not wait for whoever the certificate says has its issuer's.
        return SslStreamCertificateContext.Create(certificate, [.. chain.Where(c => c.Thumbprint != certificate.Thumbprint)], offline: true);
    }
}
