using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SipGateway.Hosting;

namespace SipGateway.Edge;

/// <summary>What a shown certificate is worth.</summary>
internal enum CertificateVerdict
{
    /// <summary>It proves the MAC.</summary>
    Good,

    /// <summary>It leads to no CA of this vendor.</summary>
    Foreign,

    /// <summary>It, or a CA above it, has ended or not begun.</summary>
    NotNow,

    /// <summary>No MAC in it, or more than one: all phones of a series share a generic one.</summary>
    Generic,

    /// <summary>It came with more certificates than any vendor has.</summary>
    TooLong,
}

/// <summary>
/// Factory certificates (DESIGN §7): a chain to the phone's own vendor's CAs, good now, with the MAC in the place where this vendor puts it. Asks
/// nobody: no revocation, which no vendor publishes for phones, and no download.
/// </summary>
internal static class FactoryCertificateRules
{
    /// <param name="shown">The phone's certificate. That it has the key was proved by the handshake.</param>
    /// <param name="chain">What came with it; null: nothing.</param>
    /// <param name="vendor">Whose phone the user agent says it is.</param>
    /// <param name="authorities">That vendor's CAs.</param>
    /// <param name="now">The time.</param>
    /// <returns>The MAC only with <see cref="CertificateVerdict.Good"/>; else empty.</returns>
    public static (CertificateVerdict Verdict, string Mac) Judge(
        X509Certificate2 shown, ShownChain? chain, IVendor vendor, IReadOnlyList<X509Certificate2> authorities, DateTimeOffset now)
    {
        if (authorities.Count == 0) return (CertificateVerdict.Foreign, "");
        if (chain is { IsTooLong: true }) return (CertificateVerdict.TooLong, "");
        if (Chain(shown, chain, authorities, now) is var verdict && verdict != CertificateVerdict.Good) return (verdict, "");
        return CertificateSubject.Read(shown.SubjectName) is { } subject && vendor.MacIn(subject) is { } mac
            ? (CertificateVerdict.Good, mac)
            : (CertificateVerdict.Generic, "");
    }

    private static CertificateVerdict Chain(
        X509Certificate2 shown, ShownChain? sent, IReadOnlyList<X509Certificate2> authorities, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = now.LocalDateTime;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities.ToArray());
        try
        {
            foreach (var other in sent?.Others ?? []) chain.ChainPolicy.ExtraStore.Add(X509CertificateLoader.LoadCertificate(other));
            if (chain.Build(shown)) return CertificateVerdict.Good;
            return chain.ChainStatus.All(s => s.Status == X509ChainStatusFlags.NotTimeValid) ? CertificateVerdict.NotNow : CertificateVerdict.Foreign;
        }
        catch (CryptographicException)
        {
            return CertificateVerdict.Foreign;
        }
        finally
        {
            foreach (var other in chain.ChainPolicy.ExtraStore) other.Dispose();
            foreach (var element in chain.ChainElements.Skip(1).Where(e => !authorities.Contains(e.Certificate))) element.Certificate.Dispose();
        }
    }
}
