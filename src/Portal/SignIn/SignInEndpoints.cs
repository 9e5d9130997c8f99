using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace SipGateway.Portal;

/// <summary>What the forms post to: a key in, the session out.</summary>
internal static class SignInEndpoints
{
    private const int MaxKeyChars = 512;

    /// <summary>Signs in, or leads back to the form with the reason.</summary>
    public static async Task BeginAsync(HttpContext http, ICredentialDoor door, PortalSessions sessions)
    {
        var form = IsForged(http) ? null : await http.Request.ReadFormAsync();
        var next = PortalPaths.Local(form?["next"]);
        var key = form?["key"].ToString().Trim() ?? "";
        var why = form is null ? SignInReason.Forged : key.Length > MaxKeyChars ? SignInReason.Wrong : await JudgeAsync(http, door, key);
        if (why == SignInReason.None)
        {
            sessions.Begin(http, key);
        }

        SeeOther(http, why == SignInReason.None ? next : $"{PortalPaths.SignIn}?why={why}&next={Uri.EscapeDataString(next)}");
    }

    /// <summary>Signs out.</summary>
    public static Task EndAsync(HttpContext http, PortalSessions sessions)
    {
        if (IsForged(http))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        sessions.End(http);
        SeeOther(http, $"{PortalPaths.SignIn}?why={SignInReason.SignedOut}");
        return Task.CompletedTask;
    }

    private static async ValueTask<SignInReason> JudgeAsync(HttpContext http, ICredentialDoor door, string key) =>
        await door.JudgeAsync(key, http.Connection.RemoteIpAddress, http.RequestAborted) switch
        {
            CredentialVerdict.Right => SignInReason.None,
            CredentialVerdict.TooMany => SignInReason.TooMany,
            _ => SignInReason.Wrong,
        };

    private static bool IsForged(HttpContext http) => http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true };

    private static void SeeOther(HttpContext http, string target)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = target;
    }
}

/// <summary>Why the sign-in page is shown.</summary>
internal enum SignInReason
{
    /// <summary>Somebody came.</summary>
    None,

    /// <summary>The key was wrong.</summary>
    Wrong,

    /// <summary>Too many wrong keys came from this address.</summary>
    TooMany,

    /// <summary>The form was too old, or from another page.</summary>
    Forged,

    /// <summary>The session ended.</summary>
    Ended,

    /// <summary>Signed out.</summary>
    SignedOut,

    /// <summary>Signed in at the server, and has no role here.</summary>
    NoRole,

    /// <summary>Signed in at the server, whose token the API does not take.</summary>
    TokenRefused,

    /// <summary>Said no at the server.</summary>
    Declined,

    /// <summary>Came back from the server with nothing that counts.</summary>
    NotSignedIn,

    /// <summary>The server cannot be reached.</summary>
    ServerAway,
}
