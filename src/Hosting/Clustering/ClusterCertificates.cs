using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SipGateway.Hosting;

/// <summary>What a certificate between processes says that its holder is: the organizational unit (OU) of its subject.</summary>
public enum ClusterRole
{
    /// <summary>OU <c>client</c>: an edge or an admin API, which call grains and host none.</summary>
    Client,

    /// <summary>OU <c>silo</c>: may join the cluster.</summary>
    Silo,
}

/// <summary>
/// The certificate that this process shows to others of its cluster, and the one authority whose certificates it believes. Both files are looked
/// at again before a connection: whoever renews them need not restart anything, and connections that are open stay as they are.
/// </summary>
public sealed class ClusterCertificates
{
    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(2);
    private const string OrganizationalUnit = "2.5.4.11";

    private readonly ServerCertificates own;
    private readonly string authorityPath;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private X509Certificate2Collection authorities;
    private long lookedAt;

    private ClusterCertificates(ServerCertificates own, string authorityPath, X509Certificate2Collection authorities, TimeProvider time)
    {
        (this.own, this.authorityPath, this.authorities, this.time) = (own, authorityPath, authorities, time);
        lookedAt = time.GetTimestamp();
    }

    /// <summary>The certificate of this process with its key.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            Look();
            return own.Current;
        }
    }

    /// <summary>Where the certificate comes from, for people.</summary>
    public string Path => own.Path;

    /// <summary>Until when both the certificate and an authority are good.</summary>
    public DateTimeOffset NotAfter
    {
        get
        {
            var (mine, theirs) = (Current.TargetCertificate.NotAfter, authorities.Max(authority => authority.NotAfter));
            return (mine < theirs ? mine : theirs).ToUniversalTime();
        }
    }

    /// <summary>Reads both files.</summary>
    /// <param name="path">PEM file with certificate and key of this process.</param>
    /// <param name="authorityPath">PEM file with the certificate of the cluster's authority; several while one replaces another.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="StartException">One cannot be used, or the certificate is not the authority's; the message says which and why.</exception>
    public static ClusterCertificates Open(string path, string authorityPath, TimeProvider time)
    {
        try
        {
            var authorities = ReadAuthorities(authorityPath);
            var certificates = new ClusterCertificates(ServerCertificates.Open(path, time), authorityPath, authorities, time);
            return certificates.FaultOf(certificates.own.Current.TargetCertificate, needed: null) is { } fault
                ? throw new StartException($"The certificate in {path} is of no use in this cluster: {fault}")
                : certificates;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{authorityPath} cannot be used: {e.Message} Give a PEM file with the certificate of the cluster's CA.", e);
        }
    }

    /// <summary>What is wrong with the certificate that a peer shows; null when nothing is.</summary>
    /// <param name="certificate">What it shows; null: nothing.</param>
    /// <param name="needed">What the peer must be; null: either.</param>
    public string? FaultOf(X509Certificate? certificate, ClusterRole? needed)
    {
        if (certificate is not X509Certificate2 shown)
        {
            return "it showed no certificate. Give it --cluster-certificate and --cluster-ca.";
        }

        using var chain = new X509Chain { ChainPolicy = Policy() };
        if (!chain.Build(shown))
        {
            var why = string.Join(' ', chain.ChainStatus.Select(s => s.StatusInformation.Trim()));
            return $"the certificate {shown.Subject}, good until {shown.NotAfter.ToUniversalTime():u}, is not believed: {why} "
                + "Renew it, or issue it by the cluster's CA.";
        }

        return RoleOf(shown) is not { } role ? $"the certificate {shown.Subject} names no role: its subject needs OU=silo or OU=client."
            : needed is { } wanted && role != wanted ? $"the certificate {shown.Subject} is that of a {role}, and only a {wanted} may do this."
            : null;
    }

    /// <summary>What a certificate says that its holder is; null when it says nothing, or more than one thing.</summary>
    public static ClusterRole? RoleOf(X509Certificate2 certificate)
    {
        var units = certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(name => !name.HasMultipleElements && name.GetSingleElementType().Value == OrganizationalUnit)
            .Select(name => name.GetSingleElementValue()).ToList();
        return units is ["silo"] ? ClusterRole.Silo : units is ["client"] ? ClusterRole.Client : null;
    }

    private static X509Certificate2Collection ReadAuthorities(string path)
    {
        var found = new X509Certificate2Collection();
        found.ImportFromPemFile(path);
        return found.Count > 0 ? found : throw new CryptographicException("It holds no certificate.");
    }

    private X509ChainPolicy Policy()
    {
        Look();
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true,
            VerificationTime = time.GetUtcNow().UtcDateTime, VerificationTimeIgnored = false,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    // What cannot be read now leaves the one before in use: a file that is being replaced is half there for a moment.
    private void Look()
    {
        lock (gate)
        {
            if (time.GetElapsedTime(lookedAt) < LookPause)
            {
                return;
            }

            lookedAt = time.GetTimestamp();
            own.Look();
            try
            {
                authorities = ReadAuthorities(authorityPath);
            }
            catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
            {
            }
        }
    }
}
