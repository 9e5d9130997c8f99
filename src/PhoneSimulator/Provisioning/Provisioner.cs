using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SipGateway.PhoneSimulator;

/// <summary>Fetches and applies the phone's files in its vendor's boot order.</summary>
internal sealed partial class Provisioner(PhoneOptions options, PhoneMemory memory, EventLog log)
{
    /// <summary>Runs once. Whatever fails, the phone keeps what it has.</summary>
    /// <returns>Whether it came to its end.</returns>
    public async Task<bool> RunAsync(string cause, CancellationToken cancellation)
    {
        if (await FindUrlAsync(cancellation).ConfigureAwait(false) is not { } url)
        {
            log.Add(new ProvisioningFailed("No provisioning URL: the network names none and none is stored."));
            return false;
        }

        log.Add(new ProvisioningStarted(Mask(url), cause));
        try
        {
            using var http = new PhoneHttpClient(options, memory);
            return await FetchAndApplyAsync(http, url, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            var reason = failure is HttpRequestException { InnerException: { } inner }
                ? $"{failure.Message} {inner.Message}"
                : failure.Message;
            log.Add(new ProvisioningFailed(reason));
            return false;
        }
    }

    /// <summary>Where the phone fetches from: what the network says, unless a stored configuration switched discovery off and
    /// names a server.</summary>
    private async Task<Uri?> FindUrlAsync(CancellationToken cancellation)
    {
        var profile = options.Dialect.Profile(memory.Settings, options);
        var stored = profile.Server is { } text
            && Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var url) ? url : null;
        var network = options.ProvisioningUrl ?? (profile.AsksByMulticast ? await AskByMulticastAsync(cancellation).ConfigureAwait(false) : null);
        return profile.Discovers ? network ?? stored : stored ?? network;
    }

    private async Task<Uri?> AskByMulticastAsync(CancellationToken cancellation)
    {
        var url = await new PlugAndPlayAsker(options).AskAsync(cancellation).ConfigureAwait(false);
        if (url is not null)
        {
            log.Add(new ServerFound(url.ToString()));
        }

        return url;
    }

    private async Task<bool> FetchAndApplyAsync(PhoneHttpClient http, Uri url, CancellationToken cancellation)
    {
        var source = new BootFiles((name, stop) => GetAsync(http, url, name, stop), reason => log.Add(new ProvisioningFailed(reason)))
        {
            Settings = memory.Settings,
        };
        if (await options.Dialect.FetchAsync(source, options, cancellation).ConfigureAwait(false) is not { } files)
        {
            return false;
        }

        if (files.Count == 0)
        {
            log.Add(new ProvisioningFailed("The server has no file for this phone."));
            return false;
        }

        Apply(files);
        await TrustCertificatesAsync(http, url, cancellation).ConfigureAwait(false);
        memory.Save();
        return true;
    }

    private async Task<PhoneHttpAnswer> GetAsync(PhoneHttpClient http, Uri url, string name, CancellationToken cancellation)
    {
        var answer = await http.GetAsync(new Uri(url, name), cancellation).ConfigureAwait(false);
        var isChanged = answer.IsSuccess && memory.FileHashes.GetValueOrDefault(name) != Hash(answer.Content);

        // A file may be named by a whole address, with a token in it.
        log.Add(new FileFetched(name[(name.LastIndexOf('/') + 1)..], answer.StatusCode, answer.Redirects, isChanged));
        return answer;
    }

    /// <summary>Applies all files in order when one of them changed; later files override earlier ones.</summary>
    private void Apply(IReadOnlyList<FetchedFile> files)
    {
        if (files.All(file => memory.FileHashes.GetValueOrDefault(file.Name) == Hash(file.Content)))
        {
            log.Add(new ConfigurationApplied([], []));
            return;
        }

        var before = new Dictionary<string, string>(memory.Settings.Values);
        var faults = new List<string>();
        foreach (var fetched in files)
        {
            memory.FileHashes[fetched.Name] = Hash(fetched.Content);
            if (options.Dialect.Read(fetched) is { } file)
            {
                memory.Settings.Apply(file);
                faults.AddRange(file.Faults.Select(fault => $"{fetched.Name} {fault}"));
            }
            else
            {
                faults.Add($"{fetched.Name} is no file that this phone can read");
            }
        }

        var after = memory.Settings.Values;
        var changed = before.Keys.Union(after.Keys).Where(key => before.GetValueOrDefault(key) != after.GetValueOrDefault(key));
        log.Add(new ConfigurationApplied([.. changed.Order(StringComparer.Ordinal)], faults));
    }

    private async Task TrustCertificatesAsync(PhoneHttpClient http, Uri url, CancellationToken cancellation)
    {
        if (options.Dialect.Profile(memory.Settings, options).CertificatesUrl is not { } text || !Uri.TryCreate(url, text, out var certificatesUrl))
        {
            return;
        }

        var answer = await http.GetAsync(certificatesUrl, cancellation).ConfigureAwait(false);
        var pem = Encoding.UTF8.GetString(answer.Content);
        if (!answer.IsSuccess || pem == memory.TrustedCertificatePem)
        {
            return;
        }

        try
        {
            var certificates = PhoneTrust.Read(pem);
            memory.TrustedCertificatePem = pem;
            log.Add(new CertificatesTrusted(certificates.Count));
        }
        catch (CryptographicException failure)
        {
            log.Add(new ProvisioningFailed($"{certificatesUrl.AbsolutePath} holds no certificate: {failure.Message}"));
        }
    }

    // The phone itself compares MD5; nothing here rests on its strength.
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "What the phone does.")]
    private static string Hash(byte[] content) => Convert.ToHexString(MD5.HashData(content));

    // The token in a per-device URL is a credential.
    private static string Mask(Uri url) => TokenPattern().Replace(url.ToString(), "/d/…/");

    [GeneratedRegex("/d/[^/]+/")]
    private static partial Regex TokenPattern();
}
