using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Edge;

/// <summary>
/// One request of a phone, in steps: (1) how often, (2) which path, (3) which phone, (4) which file, (5) whose, (6) render, (7) answer.
/// </summary>
internal sealed partial class ProvisioningEndpoint(
    IEnumerable<IVendor> vendors,
    IGrainFactory grains,
    KeyRing keys,
    FileFactory files,
    SignInScreen screens,
    SourceLimits limits,
    ProvisioningMetrics metrics,
    ProvisioningOptions options,
    TimeProvider time,
    ILogger<ProvisioningEndpoint> logger)
{
    /// <summary>Answers, whatever comes.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await AnswerAsync(http);
        }
        catch (Exception failure) when (failure is TimeoutException or Orleans.Runtime.OrleansException or OperationCanceledException && !http.RequestAborted.IsCancellationRequested)
        {
            LogUnavailable(failure);
            http.Response.Headers.RetryAfter = "30";
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, "unavailable", "The gateway cannot reach its store just now. The phone asks again by itself.");
        }
    }

    private async Task AnswerAsync(HttpContext http)
    {
        // :: Step 1: how often.
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (!limits.MayAsk(address))
        {
            http.Response.Headers.RetryAfter = "10";
            await RefuseAsync(http, StatusCodes.Status429TooManyRequests, "too_many", "Too many requests from this address.");
            return;
        }

        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.Headers.Allow = "GET, HEAD";
            await RefuseAsync(http, StatusCodes.Status405MethodNotAllowed, "method", "Phones may GET and HEAD here.");
            return;
        }

        // :: Step 2: which path.
        var path = ProvisioningPath.Parse(http.Request.Path.Value ?? "");
        if (path is { Area: PathArea.Root } && path.File.Equals("ca.crt", StringComparison.OrdinalIgnoreCase) && options.CaCertificatePem.Length > 0)
        {
            await WriteAsync(http, options.CaCertificatePem, "application/x-pem-file", "ca");
            return;
        }

        // :: Step 3: which phone.
        var userAgent = http.Request.Headers.UserAgent.ToString();
        var (vendor, phone) = Recognize(userAgent);
        if (path.Area == PathArea.Screen) await ScreenAsync(http, path, vendor);
        else if (path.Area == PathArea.None) await RefuseAsync(http, StatusCodes.Status404NotFound, "unknown_file", "There is no such file.");
        else if (vendor is null || phone is null) await UnknownPhoneAsync(http);
        else await FileAsync(http, path, vendor, phone, address);
    }

    private async Task FileAsync(HttpContext http, ProvisioningPath path, IVendor vendor, RecognizedPhone phone, IPAddress address)
    {
        // :: Step 4: which file.
        if (vendor.Route(path.File, phone) is not { } file)
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound, "unknown_file", "There is no such file.");
            return;
        }

        if (file.Mac.Length > 0 && phone.Mac.Length > 0 && file.Mac != phone.Mac)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "mac_mismatch", "The MAC in the file name is not the MAC in the user agent.");
            return;
        }

        // :: Step 5: whose.
        var facts = path.Area == PathArea.Device
            ? await OfDeviceAsync(http, path, file, phone)
            : limits.MayBootstrap(address) ? Fresh(path, file, phone) : null;
        if (facts is null)
        {
            http.Response.Headers.RetryAfter = "60";
            await RefuseAsync(http, StatusCodes.Status429TooManyRequests, "too_many", "Too many bootstraps from this address.");
            return;
        }

        // :: Steps 6 and 7: render, answer.
        await WriteAsync(http, vendor.Render(file, facts), vendor.FileContentType, facts.IsSignedIn ? "config" : "bootstrap");
    }

    private FileFacts Fresh(ProvisioningPath path, VendorFile file, RecognizedPhone phone) => files.Bootstrap(
        Candidate.Create(MacOf(file, phone), time.GetUtcNow()), phone, LanguageOf(path), policy: null);

    private async Task<FileFacts> OfDeviceAsync(HttpContext http, ProvisioningPath path, VendorFile file, RecognizedPhone phone)
    {
        var mac = MacOf(file, phone);
        var device = DeviceToken.Parse(keys, DeviceTokenKind.Config, path.Token);
        var candidate = Candidate.FromToken(keys, path.Token) is { } sealedCandidate && sealedCandidate.IsAlive(time.GetUtcNow()) ? sealedCandidate : null;

        // A token of another MAC than the file's is nobody's: bootstrap for the MAC in the name, so that no phone strands.
        var tokenMac = device?.Mac ?? candidate?.Mac;
        if (tokenMac is null || (file.Mac.Length > 0 && tokenMac != file.Mac)) return Fresh(path, file, phone);
        var outcome = await grains.GetGrain<IDeviceGrain>(tokenMac).FetchConfig(new FetchConfigCommand
        {
            Candidate = candidate is null ? null : new CandidateFacts { Id = candidate.Id, IssuedAtUtc = candidate.IssuedAtUtc },
            TokenRandom = device?.Random,
            File = file.Kind,
            IsSecure = http.Request.IsHttps,
            Source = PeerOf(http),
            Phone = new PhoneIdentity { Vendor = phone.Vendor, Model = phone.Model, Firmware = phone.Firmware },
        }).WaitAsync(options.GrainTimeout, time, http.RequestAborted);
        if (outcome.Config is { } config) return files.Device(config, tokenMac, phone);
        return files.Bootstrap(candidate ?? Candidate.Create(tokenMac, time.GetUtcNow()), phone, LanguageOf(path), outcome.BootstrapPolicy);
    }

    private async Task ScreenAsync(HttpContext http, ProvisioningPath path, IVendor? vendor)
    {
        var language = path.Language.Length > 0 ? path.Language : "en";
        var page = http.Request.IsHttps ? await screens.ShowAsync(path, PeerOf(http), language, http.Request.Query) : null;
        var browser = vendor ?? vendors.First();
        if (page is not { } shown)
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound, "unknown_screen", "There is no such page.");
            return;
        }

        if (shown.RefreshSeconds > 0) http.Response.Headers["Refresh"] = shown.RefreshSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        http.Response.Headers.CacheControl = "no-store";
        await WriteAsync(http, browser.RenderScreen(shown.Facts), browser.ScreenContentType, "screen");
    }

    private Task UnknownPhoneAsync(HttpContext http) => RefuseAsync(
        http,
        StatusCodes.Status403Forbidden,
        "unknown_phone",
        "This address serves SIP phones. The user agent is not that of a supported phone; supported: " + string.Join(", ", vendors.Select(v => v.Vendor)) + ".");

    private (IVendor? Vendor, RecognizedPhone? Phone) Recognize(string userAgent)
    {
        if (userAgent.Length is 0 or > 300) return (null, null);
        foreach (var vendor in vendors)
        {
            if (vendor.Recognize(userAgent) is { } phone) return (vendor, phone);
        }

        return (null, null);
    }

    private async Task WriteAsync(HttpContext http, string text, string contentType, string what)
    {
        metrics.Answered(what);
        var bytes = Encoding.UTF8.GetBytes(text);
        var etag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"");
        http.Response.Headers.ETag = etag.ToString();
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(etag, useStrongComparison: false)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.ContentType = contentType;
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    private Task RefuseAsync(HttpContext http, int status, string what, string sentence)
    {
        metrics.Answered(what);
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        var bytes = Encoding.UTF8.GetBytes(sentence + "\n");
        http.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }

    private static string MacOf(VendorFile file, RecognizedPhone phone) => file.Mac.Length > 0 ? file.Mac : phone.Mac.Length > 0 ? phone.Mac : "000000000000";

    private static string LanguageOf(ProvisioningPath path) => ScreenTexts.Has(path.Language) ? path.Language : "en";

    private static string PeerOf(HttpContext http) => new IPEndPoint(http.Connection.RemoteIpAddress ?? IPAddress.None, http.Connection.RemotePort).ToString();

    [LoggerMessage(EventId = 4001, Level = LogLevel.Debug, Message = "A phone's request could not be served because a grain did not answer.")]
    private partial void LogUnavailable(Exception failure);
}
