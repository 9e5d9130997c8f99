using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace SipGateway.Cli;

/// <summary>The user's browser in the demo: fills in the sign-in page's forms as they come, cookies and hidden fields included.</summary>
internal sealed partial class DemoBrowser(string? trustedCaPem)
{
    public async Task SignInAsync(Uri page, string code, string userId, string password, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            CookieContainer = new CookieContainer(),
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => IsTrusted(certificate) },
        });
        var html = await http.GetStringAsync(page, cancellation);
        html = await SubmitAsync(http, page, html, cancellation, ("user_code", code));
        html = await SubmitAsync(http, page, html, cancellation, ("answer", "yes"));
        html = await SubmitAsync(http, page, html, cancellation, ("username", userId), ("password", password));
        if (html.Contains("role=\"alert\"", StringComparison.Ordinal) || html.Contains("<form", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The sign-in page did not take the user: {Alert().Match(html).Groups[1].Value}");
        }
    }

    private static async Task<string> SubmitAsync(
        HttpClient http, Uri page, string html, CancellationToken cancellation, params (string Name, string Value)[] typed)
    {
        var fields = Hidden().Matches(html).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
        foreach (var (name, value) in typed) fields[name] = value;
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(page, form, cancellation);
        return await answer.Content.ReadAsStringAsync(cancellation);
    }

    // The phone was told which CA to trust; the browser of the demo believes the same one.
    private bool IsTrusted(X509Certificate? certificate)
    {
        if (trustedCaPem is null || certificate is not X509Certificate2 server) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(trustedCaPem);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(server);
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)">""")]
    private static partial Regex Hidden();

    [GeneratedRegex("""role="alert"[^>]*>(.*?)</p>""", RegexOptions.Singleline)]
    private static partial Regex Alert();
}
