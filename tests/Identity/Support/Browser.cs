using System.Net;
using System.Text.RegularExpressions;

namespace SipGateway.Identity.Tests;

/// <summary>One page as it came.</summary>
public sealed record Page(HttpStatusCode Status, string Html, HttpResponseMessage Response)
{
    public string Heading => WebUtility.HtmlDecode(Regex.Match(Html, "<h1>(.*?)</h1>", RegexOptions.Singleline).Groups[1].Value);

    public string Error => WebUtility.HtmlDecode(Regex.Match(Html, "role=\"alert\"[^>]*><strong>.*?</strong> (.*?)</p>").Groups[1].Value);

    /// <summary>The fields of its form as a browser would send them.</summary>
    public Dictionary<string, string> Fields => Regex.Matches(Html, "<input[^>]*?name=\"([^\"]+)\"[^>]*?(?:value=\"([^\"]*)\")?[^>]*>")
        .ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(Regex.Match(m.Value, " value=\"([^\"]*)\"").Groups[1].Value));
}

/// <summary>A browser that fills in forms: keeps cookies, does not follow redirects by itself.</summary>
public sealed class Browser : IDisposable
{
    private readonly HttpClient http;
    private readonly CookieContainer cookies = new();

    public Browser(Uri baseAddress, string language)
    {
        var handler = PrivateTrustHandler.Create(null, () => TestCa.Instance.Roots);
        handler.CookieContainer = cookies;
        http = new HttpClient(handler) { BaseAddress = baseAddress };
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
    }

    /// <summary>What it keeps; a browser sends cookies to every port of a host.</summary>
    public CookieCollection Cookies => cookies.GetAllCookies();

    public void Keep(CookieCollection kept) => cookies.Add(kept);

    public async Task<Page> GetAsync(string path) => await ReadAsync(await http.GetAsync(path));

    public async Task<Page> PostAsync(IEnumerable<KeyValuePair<string, string>> fields, string path = "signin")
    {
        using var content = new FormUrlEncodedContent(fields);
        var page = await ReadAsync(await http.PostAsync(path, content));
        return page.Status == HttpStatusCode.Redirect ? await GetAsync(page.Response.Headers.Location!.ToString()) : page;
    }

    /// <summary>Sends the page's form with these values changed or added.</summary>
    public Task<Page> SubmitAsync(Page page, params (string Name, string Value)[] values)
    {
        var fields = page.Fields;
        foreach (var (name, value) in values)
        {
            fields[name] = value;
        }

        return PostAsync(fields);
    }

    /// <summary>Code, yes, name and password.</summary>
    public async Task<Page> SignInAsync(string code, string user, string password)
    {
        var phone = await SubmitAsync(await GetAsync("signin"), ("user_code", code));
        var form = await SubmitAsync(phone, ("answer", "yes"));
        return await SubmitAsync(form, ("username", user), ("password", password));
    }

    public void Dispose() => http.Dispose();

    private static async Task<Page> ReadAsync(HttpResponseMessage response) =>
        new(response.StatusCode, await response.Content.ReadAsStringAsync(), response);
}
