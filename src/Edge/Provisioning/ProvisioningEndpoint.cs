using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>
/// One request of a phone, in steps: (1) how often, (2) which path, (3) which phone, (4) which file, (5) whose, (6) render, (7) answer.
/// </summary>
internal sealed partial class ProvisioningEndpoint(
    IEnumerable<IVendor> vendors,
    DeviceGrains devices,
    FileOwner owner,
    FactoryCertificates certificates,
    FirmwareDownloads firmware,
    SignInScreen screens,
    SourceLimits limits,
    PhoneUploads uploads,
    ProvisioningAnswer answer,
    ProvisioningOptions options,
    ILogger<ProvisioningEndpoint> logger)
{
    private const int MaxUserAgent = 300;
    private const int MaxUserAgentTold = 100;
    private const string UsualBrowser = "yealink";

    /// <summary>Answers, whatever comes.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await AnswerAsync(http, Peer.Of(http, options.TrustedProxies));
        }
        catch (Exception failure) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            if (failure is TimeoutException or Orleans.Runtime.OrleansException) LogUnavailable(failure);
            else LogFault(failure);
            const string Sentence = "The gateway cannot answer just now. The phone asks again by itself.";
            await answer.RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, "unavailable", Sentence, retryAfterSeconds: 30);
        }
    }

    private async Task AnswerAsync(HttpContext http, Peer peer)
    {
        // :: Step 1: how often.
        if (!limits.MayAsk(peer.Address))
        {
            await TooManyAsync(http, "Too many requests from this address.", 10);
            return;
        }

        var isUpload = PhoneUploads.IsUpload(http.Request.Method);
        if (!isUpload && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            await WrongMethodAsync(http, "GET, HEAD, PUT, POST");
            return;
        }

        // :: Step 2: which path.
        var path = ProvisioningPath.Parse(http.Request.Path.Value ?? "");
        if (!isUpload && path.Area == PathArea.Root && options.CaCertificatePem.Length > 0 && path.File.Equals("ca.crt", StringComparison.OrdinalIgnoreCase))
        {
            await answer.FileAsync(http, options.CaCertificatePem, "application/x-pem-file", "ca");
            return;
        }

        if (isUpload && path.Area == PathArea.Firmware)
        {
            await WrongMethodAsync(http, "GET, HEAD");
            return;
        }

        // :: Step 3: which phone.
        var (vendor, phone) = Recognize(http.Request.Headers.UserAgent.ToString(), path.File);
        if (isUpload && phone is not null) await uploads.TakeAsync(http, path, peer, phone);
        else if (path.Area == PathArea.Firmware) await firmware.ServeAsync(http, path.File);
        else if (!isUpload && path.Area == PathArea.Screen) await ScreenAsync(http, path, peer, vendor, phone);
        else if (path.Area == PathArea.None) await answer.UnknownFileAsync(http);
        else if (vendor is null || phone is null) await UnknownPhoneAsync(http, path, peer);
        else await FileAsync(http, path, peer, vendor, phone);
    }

    private async Task FileAsync(HttpContext http, ProvisioningPath path, Peer peer, IVendor vendor, RecognizedPhone phone)
    {
        // :: Step 4: which file.
        if (vendor.Route(path.File, phone) is not { } file)
        {
            await OwnFileAsync(http, path, peer, vendor);
            return;
        }

        var request = new FileRequest(path, peer, file, phone, vendor.LinesOf(phone), certificates.MacOf(http, vendor));
        if (!request.Agrees)
        {
            const string Sentence = "The MACs in the file name, in the user agent and in the phone's certificate are not the same.";
            await answer.RefuseAsync(http, StatusCodes.Status400BadRequest, "mac_mismatch", Sentence);
            return;
        }

        // :: Step 5: whose.
        var owned = await owner.FindAsync(request, http.RequestAborted);
        if (owned.IsForTls) await answer.RedirectAsync(http, options.SecureRoot + http.Request.Path.ToUriComponent());
        else if (owned.Facts is not { } facts) await TooManyAsync(http, "Too many files of this kind for this address.", 60);

        // :: Steps 6 and 7: render, answer.
        else await answer.FileAsync(http, vendor.Render(file, facts), vendor.FileContentType, facts.IsDevice ? "config" : "bootstrap");
    }

    // What the phone itself sent, where its vendor's phones ask for it again.
    private async Task OwnFileAsync(HttpContext http, ProvisioningPath path, Peer peer, IVendor vendor)
    {
        var content = path.Area == PathArea.Device && vendor.IsKept(path.File) ? await uploads.FindAsync(path, peer, http.RequestAborted) : null;
        if (content is null) await answer.UnknownFileAsync(http);
        else await answer.FileAsync(http, content, vendor.FileContentType, "own_file");
    }

    private async Task ScreenAsync(HttpContext http, ProvisioningPath path, Peer peer, IVendor? vendor, RecognizedPhone? phone)
    {
        if (!peer.IsSecure || screens.AskerOf(path.Token) is not { } asker || !(SignInScreen.IsPage(path.File) || QrPicture.IsPicture(path.File)))
        {
            await answer.RefuseAsync(http, StatusCodes.Status404NotFound, "unknown_screen", "There is no such page.");
            return;
        }

        if (!limits.MayReach(asker.Random))
        {
            await TooManyAsync(http, "Too many pages for this phone.", 10);
            return;
        }

        if (QrPicture.IsPicture(path.File))
        {
            var picture = await screens.PictureAsync(asker, path.File, http.Request.Query, http.RequestAborted);
            await (picture is null ? answer.UnknownFileAsync(http) : answer.FileAsync(http, picture, QrPicture.TypeOf(path.File), "picture"));
            return;
        }

        var source = new ScreenSource(peer.Source, phone, phone is null ? PicturePlace.Nowhere : vendor!.PictureOn(phone));
        var page = await screens.ShowAsync(asker, path, source, http.Request.Query, http.RequestAborted);

        // A browser that calls itself otherwise than the phone does gets the language that most vendors took over.
        var browser = vendor ?? vendors.First(v => v.Vendor == UsualBrowser);
        await answer.PageAsync(http, browser.RenderScreen(page.Facts), browser.ScreenContentType, page);
    }

    private Task WrongMethodAsync(HttpContext http, string allowed)
    {
        http.Response.Headers.Allow = allowed;
        return answer.RefuseAsync(http, StatusCodes.Status405MethodNotAllowed, "method", $"Phones may {allowed} here.");
    }

    private async Task UnknownPhoneAsync(HttpContext http, ProvisioningPath path, Peer peer)
    {
        // Nobody waits for the grain: who is refused learns nothing by how long it took.
        if (MacIn(path.File) is { } mac && limits.MayReach("unsupported:" + mac))
        {
            _ = NoteUnsupportedAsync(mac, http.Request.Headers.UserAgent.ToString(), peer);
        }

        await answer.RefuseAsync(
            http,
            StatusCodes.Status403Forbidden,
            "unknown_phone",
            "This address serves SIP phones. The user agent is not that of a supported phone; supported: "
                + string.Join(", ", vendors.Select(v => v.Vendor)) + $". Any other SIP device asks for {ProvisioningPath.GenericFolder}/MAC.cfg.");
    }

    private async Task NoteUnsupportedAsync(string mac, string userAgent, Peer peer)
    {
        try
        {
            var said = new string([.. userAgent.Take(MaxUserAgentTold).Select(c => c is >= ' ' and <= '~' ? c : '?')]);
            await devices.Of(mac).NoteUnsupported(new UnsupportedFetch { UserAgent = said, Source = peer.Source });
        }
#pragma warning disable CA1031 // The news is lost, the phone was answered; the reason is told once at Debug.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogUnavailable(failure);
        }
    }

    private static string? MacIn(string file) => MacPattern().Match(file) is { Success: true } match ? match.Value.ToLowerInvariant() : null;

    [GeneratedRegex("(?<![0-9a-fA-F])[0-9a-fA-F]{12}(?![0-9a-fA-F])", RegexOptions.CultureInvariant)]
    private static partial Regex MacPattern();

    private Task TooManyAsync(HttpContext http, string sentence, int retryAfterSeconds) =>
        answer.RefuseAsync(http, StatusCodes.Status429TooManyRequests, "too_many", sentence, retryAfterSeconds);

    private (IVendor? Vendor, RecognizedPhone? Phone) Recognize(string userAgent, string file) =>
        userAgent.Length > MaxUserAgent ? default
        : First(vendor => vendor.Recognize(userAgent)) is { Phone: not null } known ? known
        : First(vendor => vendor.RecognizeFile(file));

    private (IVendor? Vendor, RecognizedPhone? Phone) First(Func<IVendor, RecognizedPhone?> recognize)
    {
        foreach (var vendor in vendors)
        {
            if (recognize(vendor) is { } phone) return (vendor, phone);
        }

        return default;
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Debug, Message = "A phone's request could not be served because a grain did not answer.")]
    private partial void LogUnavailable(Exception failure);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Error, Message = "A phone's request could not be served.")]
    private partial void LogFault(Exception failure);
}
