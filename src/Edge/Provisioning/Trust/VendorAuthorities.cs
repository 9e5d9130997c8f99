using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SipGateway.Edge;

/// <summary>The CAs of each vendor's factory certificates, as they stood in their folders at one time.</summary>
public sealed class VendorAuthorities
{
    private const int MaxFiles = 64;

    // A bundle of a vendor's whole hierarchy has some ten kilobytes.
    private const int MaxFileBytes = 256 * 1024;
    private const string CaWords = "Give the vendor's own root, and the issuers below it, as PEM or DER.";

    private readonly IReadOnlyDictionary<string, IReadOnlyList<X509Certificate2>> byVendor;

    private VendorAuthorities(IReadOnlyDictionary<string, IReadOnlyList<X509Certificate2>> byVendor, string hash) =>
        (this.byVendor, Hash) = (byVendor, hash);

    /// <summary>No vendor's certificate counts.</summary>
    internal static VendorAuthorities None { get; } = new(new Dictionary<string, IReadOnlyList<X509Certificate2>>(StringComparer.Ordinal), "");

    /// <summary>Of all files' names and octets: equal when nothing changed.</summary>
    internal string Hash { get; }

    /// <summary>The vendors that have some.</summary>
    internal IEnumerable<string> Vendors => byVendor.Keys.Order(StringComparer.Ordinal);

    /// <summary>A vendor's, and nobody else's.</summary>
    /// <param name="vendor">The vendor folder's name.</param>
    internal IReadOnlyList<X509Certificate2> Of(string vendor) => byVendor.GetValueOrDefault(vendor) ?? [];

    /// <summary>Certificates of CAs that are not good at this time: nothing under them proves anything.</summary>
    internal IEnumerable<(string Vendor, X509Certificate2 Certificate)> NotGoodAt(DateTimeOffset now) =>
        from vendor in byVendor
        from certificate in vendor.Value
        where certificate.NotAfter.ToUniversalTime() <= now.UtcDateTime || certificate.NotBefore.ToUniversalTime() > now.UtcDateTime
        select (vendor.Key, certificate);

    /// <summary>Reads <c>DIR/VENDOR/*.pem</c> and <c>*.crt</c>.</summary>
    /// <param name="directory">DIR; empty: none counts.</param>
    /// <returns>What is there, and every error, one sentence each.</returns>
    public static (VendorAuthorities Authorities, IReadOnlyList<string> Errors) Read(string directory)
    {
        if (directory.Length == 0) return (None, []);
        var errors = new List<string>();
        var found = new Dictionary<string, IReadOnlyList<X509Certificate2>>(StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            foreach (var stray in Certificates(directory)) errors.Add($"The vendor CA {stray} is in no vendor's folder. Put it into {directory}/VENDOR/.");
            foreach (var folder in Directory.GetDirectories(directory).Where(IsShown).Order(StringComparer.Ordinal))
            {
                var vendor = Path.GetFileName(folder).ToLowerInvariant();
                if (Edge.Vendors.All.All(known => known.Vendor != vendor)) errors.Add(Unknown(folder));
                else if (found.ContainsKey(vendor)) errors.Add($"The vendor CA folder {folder} is there twice, in other letters. Keep one.");
                else found[vendor] = Folder(folder, hash, errors);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            errors.Add($"--vendor-ca-dir {directory} cannot be read: {failure.Message}");
        }

        return (new VendorAuthorities(found, Convert.ToHexString(hash.GetHashAndReset())), errors);
    }

    private static List<X509Certificate2> Folder(string folder, IncrementalHash hash, List<string> errors)
    {
        var before = errors.Count;
        var all = new List<X509Certificate2>();
        var files = Certificates(folder).ToList();
        if (files.Count > MaxFiles) errors.Add($"The vendor CA folder {folder} has {files.Count} files; at most {MaxFiles} are read.");
        foreach (var file in files.Take(MaxFiles))
        {
            try
            {
                all.AddRange(Load(file, hash));
            }
            catch (Exception failure) when (failure is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
            {
                errors.Add($"The vendor CA {file} cannot be used: {failure.Message} {CaWords}");
            }
        }

        if (errors.Count > before) return all;
        foreach (var leaf in all.Where(c => c.Extensions.OfType<X509BasicConstraintsExtension>().Any(e => !e.CertificateAuthority)))
        {
            errors.Add($"The vendor CA folder {folder} has '{leaf.Subject}', which is no CA's certificate. {CaWords}");
        }

        if (all.All(c => !c.SubjectName.RawData.AsSpan().SequenceEqual(c.IssuerName.RawData)))
        {
            errors.Add($"The vendor CA folder {folder} has no root: no certificate there is signed by itself. {CaWords}");
        }

        return all;
    }

    private static X509Certificate2Collection Load(string file, IncrementalHash hash)
    {
        if (new FileInfo(file).Length > MaxFileBytes) throw new IOException($"It is longer than {MaxFileBytes} bytes.");
        var bytes = File.ReadAllBytes(file);
        hash.AppendData(Encoding.UTF8.GetBytes($"{file}\n{bytes.Length}\n"));
        hash.AppendData(bytes);
        var certificates = new X509Certificate2Collection();
        if (bytes.AsSpan().IndexOf("-----BEGIN"u8) >= 0) certificates.ImportFromPem(Encoding.UTF8.GetString(bytes));
        else certificates.Add(X509CertificateLoader.LoadCertificate(bytes));
        return certificates.Count > 0 ? certificates : throw new CryptographicException("It holds no certificate.");
    }

    private static IEnumerable<string> Certificates(string folder) => Directory.GetFiles(folder).Where(IsShown).Where(file =>
        Path.GetExtension(file).ToLowerInvariant() is ".pem" or ".crt").Order(StringComparer.Ordinal);

    // Kubernetes mounts the files of a volume beside a folder ..data.
    private static bool IsShown(string path) => !Path.GetFileName(path).StartsWith('.');

    private static string Unknown(string folder) => $"The vendor CA folder {folder} is of no vendor. Known: "
        + string.Join(", ", Edge.Vendors.All.Select(v => v.Vendor)) + ".";
}
