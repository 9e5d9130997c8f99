using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SipGateway.Edge;

/// <summary>Writes what a phone gets: always with its length, never for a cache to keep.</summary>
internal sealed class ProvisioningAnswer(ProvisioningMetrics metrics)
{
    /// <summary>200 with the text, or 304 when the phone has these very bytes.</summary>
    public Task FileAsync(HttpContext http, string text, string contentType, string what)
    {
        metrics.Answered(what);
        var bytes = Encoding.UTF8.GetBytes(text);
        var etag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"");
        http.Response.Headers.ETag = etag.ToString();
        if (!http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(etag, useStrongComparison: false)))
        {
            return BodyAsync(http, bytes, contentType);
        }

        http.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }

    /// <summary>A page of the phone's browser, shown again after a while when it says so.</summary>
    public Task PageAsync(HttpContext http, string xml, string contentType, ScreenPage page)
    {
        metrics.Answered("screen");
        if (page.RefreshSeconds > 0)
        {
            http.Response.Headers["Refresh"] = FormattableString.Invariant($"{page.RefreshSeconds}; url={page.RefreshUrl}");
        }

        return BodyAsync(http, Encoding.UTF8.GetBytes(xml), contentType);
    }

    /// <summary>302, the one redirect that every vendor's phone follows (Cisco takes 301 and 302 and fails at all others).</summary>
    public Task RedirectAsync(HttpContext http, string location)
    {
        metrics.Answered("redirect");
        http.Response.StatusCode = StatusCodes.Status302Found;
        http.Response.Headers.Location = location;
        return BodyAsync(http, [], "text/plain; charset=utf-8");
    }

    /// <summary>Neither a file nor a page, with a sentence for whoever reads it.</summary>
    public Task RefuseAsync(HttpContext http, int status, string what, string sentence, int retryAfterSeconds = 0)
    {
        metrics.Answered(what);
        http.Response.StatusCode = status;
        if (retryAfterSeconds > 0) http.Response.Headers.RetryAfter = FormattableString.Invariant($"{retryAfterSeconds}");
        return BodyAsync(http, Encoding.UTF8.GetBytes(sentence + "\n"), "text/plain; charset=utf-8");
    }

    private static Task BodyAsync(HttpContext http, byte[] bytes, string contentType)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentType = contentType;
        http.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }
}
