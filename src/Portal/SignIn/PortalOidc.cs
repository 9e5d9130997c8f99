using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SipGateway.Portal;

/// <summary>Signing in at an OpenID Connect server: there with a challenge, back with a code, and on with a session that holds the access token.</summary>
internal sealed partial class PortalOidc(ICredentialDoor door, PortalSessions sessions, TimeProvider time, ILogger<PortalOidc> log)
{
    /// <summary>The library's name for it.</summary>
    public const string Scheme = "SipGateway.Portal.Oidc";

    // Errors of the protocol that say that somebody changed their mind.
    private const string Denied = "access_denied";

    // Whoever asks, and however often: the log is told once in this time.
    private static readonly TimeSpan WarningPause = TimeSpan.FromMinutes(10);

    private long _warnedAt = long.MinValue;

    /// <summary>Leads to the server.</summary>
    public async Task BeginAsync(HttpContext http)
    {
        var next = PortalPaths.Local(http.Request.Query["next"]);
        try
        {
            await http.ChallengeAsync(Scheme, new AuthenticationProperties { RedirectUri = next });
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException or OperationCanceledException)
        {
            http.RequestAborted.ThrowIfCancellationRequested();
            Warn(() => LogUnreachable(e.Message));
            http.Response.Redirect(SignInBecause(SignInReason.ServerAway, next));
        }
    }

    /// <summary>Where the server leads back to.</summary>
    public static async Task ReturnAsync(HttpContext http)
    {
        var handlers = http.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>();
        if (await handlers.GetHandlerAsync(http, Scheme) is not IAuthenticationRequestHandler handler || !await handler.HandleRequestAsync())
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    /// <summary>Begins the session, when the API's door says that the token opens it.</summary>
    public async Task BeginSessionAsync(TicketReceivedContext ticket)
    {
        ticket.HandleResponse();
        var http = ticket.HttpContext;
        var next = PortalPaths.Local(ticket.ReturnUri);
        var token = ticket.Properties?.GetTokenValue("access_token") ?? "";
        var reason = await door.JudgeAsync(token, http.Connection.RemoteIpAddress, http.RequestAborted) switch
        {
            CredentialVerdict.Right => SignInReason.None,
            CredentialVerdict.NoRole => SignInReason.NoRole,
            CredentialVerdict.TooMany => SignInReason.TooMany,
            CredentialVerdict.Unavailable => SignInReason.ServerAway,
            _ => SignInReason.TokenRefused,
        };
        if (reason == SignInReason.TokenRefused)
        {
            Warn(LogTokenRefused);
        }

        if (reason == SignInReason.None)
        {
            sessions.Begin(http, token, EndOf(ticket.Properties!));
        }

        await LeadOnAsync(http, reason == SignInReason.None ? next : SignInBecause(reason, next));
    }

    /// <summary>Says why it came to nothing.</summary>
    public Task FailAsync(RemoteFailureContext failure)
    {
        failure.HandleResponse();
        var isDenied = failure.Failure?.Data["error"] as string == Denied;
        LogFailed(failure.Failure?.Message ?? "");
        return LeadOnAsync(
            failure.HttpContext,
            SignInBecause(isDenied ? SignInReason.Declined : SignInReason.NotSignedIn, PortalPaths.Local(failure.Properties?.RedirectUri)));
    }

    private void Warn(Action tell)
    {
        var (now, before) = (time.GetTimestamp(), Volatile.Read(ref _warnedAt));
        if ((before == long.MinValue || time.GetElapsedTime(before, now) >= WarningPause)
            && Interlocked.CompareExchange(ref _warnedAt, now, before) == before)
        {
            tell();
        }
    }

    private static DateTimeOffset? EndOf(AuthenticationProperties properties) =>
        DateTimeOffset.TryParse(properties.GetTokenValue("expires_at"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var end) ? end : null;

    private static string SignInBecause(SignInReason why, string next) => $"{PortalPaths.SignIn}?why={why}&next={Uri.EscapeDataString(next)}";

    // Not by a redirect: that would still be the other site's doing, and the browser would keep the new session's cookie back.
    private static Task LeadOnAsync(HttpContext http, string target)
    {
        var address = HtmlEncoder.Default.Encode(target);
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(
            $"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url={address}\">"
            + $"<link rel=\"icon\" type=\"image/svg+xml\" href=\"/{PortalAssets.UrlOf("phone.svg")}\">"
            + $"<title>{HtmlEncoder.Default.Encode(Texts.Product)}</title></head><body><main><p><a href=\"{address}\">"
            + $"{HtmlEncoder.Default.Encode(Texts.GoOn)}</a></p></main></body></html>");
    }

    [LoggerMessage(1, LogLevel.Warning, "The OpenID Connect server for administrators cannot be reached; nobody can sign in there. {Reason}")]
    private partial void LogUnreachable(string reason);

    [LoggerMessage(2, LogLevel.Warning,
        "Somebody signed in at the OpenID Connect server, but the access token from there is none that the admin API takes: "
        + "look at --admin-oidc-audience and --admin-oidc-scopes, and whether the server's access tokens are signed JWTs.")]
    private partial void LogTokenRefused();

    [LoggerMessage(3, LogLevel.Debug, "A sign-in at the OpenID Connect server came to nothing. {Reason}")]
    private partial void LogFailed(string reason);
}
