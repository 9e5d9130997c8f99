using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace SipGateway.Portal;

/// <summary>Scripts and styles, out of the assembly: nothing is asked of another host, and no file has to lie beside the program.</summary>
internal static class PortalAssets
{
    /// <summary>Where they are.</summary>
    public const string Path = "/portal/{name}";

    /// <summary>The themes' style sheet.</summary>
    public const string ThemeName = "theme.css";

    private const string Prefix = "assets/";

    private static readonly ConcurrentDictionary<string, Asset> All = new(
        typeof(PortalAssets).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(Load).Select(asset => KeyValuePair.Create(asset.Name, asset)), StringComparer.Ordinal);

    /// <summary>The address of an asset; it changes with its content.</summary>
    public static string UrlOf(string name) => $"portal/{name}?v={All[name].Hash}";

    /// <summary>Adds one that is made when the program starts.</summary>
    public static void Keep(string name, byte[] content) => All[name] = Pack(name, content);

    /// <summary>Answers with one.</summary>
    public static Task InvokeAsync(HttpContext http)
    {
        if (http.Request.RouteValues["name"] is not string name || !All.TryGetValue(name, out var asset))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        http.Response.Headers.CacheControl = http.Request.Query["v"] == asset.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        http.Response.Headers.Vary = "Accept-Encoding";
        http.Response.ContentType = asset.ContentType;
        var isPacked = http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (isPacked)
        {
            http.Response.Headers.ContentEncoding = "gzip";
        }

        var content = isPacked ? asset.Packed : asset.Plain;
        http.Response.ContentLength = content.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(content).AsTask();
    }

    private static Asset Load(string resource)
    {
        using var stream = typeof(PortalAssets).Assembly.GetManifestResourceStream(resource)!;
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        return Pack(resource[Prefix.Length..], plain.ToArray());
    }

    private static Asset Pack(string name, byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(plain);
        }

        return new Asset(name, TypeOf(name), plain, packed.ToArray(), Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 8)));
    }

    private static string TypeOf(string name) => System.IO.Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };

    private sealed record Asset(string Name, string ContentType, byte[] Plain, byte[] Packed, string Hash);
}
