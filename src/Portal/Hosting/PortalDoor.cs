using Microsoft.AspNetCore.Http;

namespace SipGateway.Portal;

/// <summary>Stands before every endpoint of the portal: headers, where a request may come from, and the session.</summary>
internal sealed class PortalDoor(PortalSessions sessions)
{
    // Scripts and styles: files of our own and nothing else. Places of pop-ups are set by script, which the policy leaves alone.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    /// <summary>Lets the request through, or answers it. Requests for other endpoints pass untouched.</summary>
    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<PortalEndpoint>() is not { } endpoint)
        {
            return next(http);
        }

        // Before the live connection is made of it, which keeps it.
        Languages.Current = Languages.Of(http.Request);
        http.Response.OnStarting(() => SetHeaders(http.Response.Headers, endpoint));
        if (IsFromElsewhere(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        if (sessions.Of(http) is { } session)
        {
            http.User = session.ToPrincipal();
            return next(http);
        }

        return endpoint.IsOpen ? next(http) : Refuse(http, sessions.HasExpired(http) ? SignInReason.Ended : SignInReason.None);
    }

    private static Task Refuse(HttpContext http, SignInReason why)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || http.WebSockets.IsWebSocketRequest || http.Request.Path.StartsWithSegments("/_blazor"))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        var target = http.Request.Path + http.Request.QueryString;
        http.Response.Redirect(why == SignInReason.None
            ? PortalPaths.SignInThen(target)
            : $"{PortalPaths.SignIn}?why={why}&next={Uri.EscapeDataString(target)}");
        return Task.CompletedTask;
    }

    // Another port of this machine is the same site to a browser; its pages must not post here or open a socket.
    private static bool IsFromElsewhere(HttpRequest request) =>
        request.Headers.Origin is [{ } origin]
        && (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || !string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));

    private static Task SetHeaders(IHeaderDictionary headers, PortalEndpoint endpoint)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (!endpoint.IsKept || headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }
}
