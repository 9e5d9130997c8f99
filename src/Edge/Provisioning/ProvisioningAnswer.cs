using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SipGateway.Edge;

/// <summary>Writes what a phone gets: always with its length, never for a cache to keep.</summary>
internal sealed class ProvisioningAnswer(ProvisioningMetrics metrics)
{
    /// <summary>Below it packing costs more than it saves: such a file fits one packet.</summary>
    private const int LeastPacked = 1400;

    /// <summary>200 with the text; 304 when the phone has these very bytes, 206 for the range that it asks for.</summary>
    public Task FileAsync(HttpContext http, string text, string contentType, string what) =>
        FileAsync(http, Encoding.UTF8.GetBytes(text), contentType, what);

    /// <summary>The same for bytes.</summary>
    public Task FileAsync(HttpContext http, byte[] bytes, string contentType, string what)
    {
        metrics.Answered(what);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..32];
        http.Response.Headers.CacheControl = "no-store";

        // A range is of the file as it is; who asks for one gets no packed one.
        if (bytes.Length >= LeastPacked && http.Request.Headers.Range.Count == 0 && TakesGzip(http.Request))
        {
            http.Response.Headers.ContentEncoding = "gzip";
            http.Response.Headers.Vary = "Accept-Encoding";
            return Results.Bytes(Packed(bytes), contentType, entityTag: new EntityTagHeaderValue($"\"{hash}-gzip\"")).ExecuteAsync(http);
        }

        return Results.Bytes(bytes, contentType, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{hash}\"")).ExecuteAsync(http);
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

    /// <summary>404.</summary>
    public Task UnknownFileAsync(HttpContext http) => RefuseAsync(http, StatusCodes.Status404NotFound, "unknown_file", "There is no such file.");

    private static bool TakesGzip(HttpRequest request) => request.GetTypedHeaders().AcceptEncoding
        .Any(encoding => encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && encoding.Quality is not 0);

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
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
