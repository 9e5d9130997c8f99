using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SipGateway.Identity;

/// <summary>
/// The page at <c>/signin</c>: code, then "is this phone in front of you?", then name and password. Each step is a form that works without
/// scripts; the server and not the browser sees to it that no step is left out.
/// </summary>
internal sealed partial class SignInPage(
    PairingCodes codes, DirectoryUsers users, WrongTries tries, EmbeddedDirectoryOptions options, IAntiforgery antiforgery, KeyRing ring,
    ILogger<SignInPage> logger)
{
    // The proof that the question was answered with yes, for this code.
    private const string ConfirmedPlace = "directory/phone-confirmed";

    public async Task RunAsync(HttpContext context)
    {
        var view = new SignInHtml(context, antiforgery);
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await (context.Request.Query["user_code"].ToString() is { Length: > 0 } typed
                ? ShowPhoneAsync(context, view, typed) : view.CodeAsync(200));
            return;
        }

        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
        {
            await view.CodeAsync(400, view.Text.FormStale);
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var code = form["user_code"].ToString();
        await (form["step"].ToString() switch
        {
            "phone" => AnswerAsync(context, view, code, form["answer"].ToString()),
            "password" => SignInAsync(context, view, code, form),
            _ => ShowPhoneAsync(context, view, code),
        });
    }

    public static Task WriteEndAsync(HttpContext context, bool done)
    {
        var view = new SignInHtml(context, null);
        return done ? view.DoneAsync() : view.DeniedAsync();
    }

    // :: Step 1: the code.
    private async Task ShowPhoneAsync(HttpContext context, SignInHtml view, string typed)
    {
        if (await FindAsync(context, view, typed) is { } code)
        {
            await view.PhoneAsync(code);
        }
    }

    // :: Step 2: is this phone in front of you?
    private async Task AnswerAsync(HttpContext context, SignInHtml view, string typed, string answer)
    {
        if (await FindAsync(context, view, typed) is not { } code)
        {
            return;
        }

        if (answer == "yes")
        {
            await view.PasswordAsync(200, code, Confirm(code), "", "");
        }
        else if (answer == "no")
        {
            await context.ForbidAsync(DirectoryPipeline.Scheme, new AuthenticationProperties
            {
                RedirectUri = context.Request.PathBase + DirectoryPaths.Denied,
            });
        }
        else
        {
            await view.PhoneAsync(code);
        }
    }

    // :: Step 3: name and password.
    private async Task SignInAsync(HttpContext context, SignInHtml view, string typed, IFormCollection form)
    {
        if (await FindAsync(context, view, typed) is not { } code)
        {
            return;
        }

        var confirmed = form["confirmed"].ToString();
        if (SecretBox.Unlock(ring, confirmed, ConfirmedPlace) != code.Code)
        {
            await view.PhoneAsync(code);
            return;
        }

        var userId = form["username"].ToString().Trim();
        var (error, status, profile) = await CheckAsync(context, view.Text, code.Facts!.Tenant, userId, form["password"].ToString());
        await (profile is null
            ? view.PasswordAsync(status, code, confirmed, userId, error)
            : context.SignInAsync(DirectoryPipeline.Scheme, PrincipalOf(profile, code), new AuthenticationProperties
            {
                RedirectUri = context.Request.PathBase + DirectoryPaths.Done,
            }));
    }

    private async Task<(string Error, int Status, UserProfile? Profile)> CheckAsync(
        HttpContext context, PageText text, string tenant, string userId, string password)
    {
        var source = WrongTries.SourceKey(context.Connection.RemoteIpAddress);
        var user = WrongTries.UserKey(tenant, userId);
        if (!tries.TryBegin(source, options.Limits.WrongTriesPerSource))
        {
            return (text.TooManyTries, 429, null);
        }

        if (!tries.TryBegin(user, options.Limits.WrongTriesPerUser))
        {
            return (text.Locked, 429, null);
        }

        try
        {
            var (verdict, profile) = await users.CheckAsync(tenant, userId, password);
            if (verdict == PasswordVerdict.Right)
            {
                TakeBack(source, user);
                return ("", 200, profile);
            }

            return verdict == PasswordVerdict.Locked ? (text.Locked, 429, null) : (text.WrongPassword, 400, null);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            LogUserNotReached(e);
            TakeBack(source, user);
            return (text.Unavailable, 503, null);
        }
    }

    private async Task<PairingCode?> FindAsync(HttpContext context, SignInHtml view, string typed)
    {
        var source = WrongTries.SourceKey(context.Connection.RemoteIpAddress);
        if (!tries.TryBegin(source, options.Limits.WrongTriesPerSource))
        {
            await view.CodeAsync(429, view.Text.TooManyTries, typed);
            return null;
        }

        var code = await codes.FindAsync(context, typed);
        if (code.Verdict != PairingCodeVerdict.Unknown)
        {
            tries.TakeBack(source);
        }

        if (code.Verdict == PairingCodeVerdict.Good)
        {
            return code;
        }

        await view.CodeAsync(400, view.Text.Of(code.Verdict), typed);
        return null;
    }

    private void TakeBack(string source, string user)
    {
        tries.TakeBack(source);
        tries.TakeBack(user);
    }

    private string Confirm(PairingCode code) => SecretBox.Lock(ring, code.Code, ConfirmedPlace);

    private static ClaimsPrincipal PrincipalOf(UserProfile profile, PairingCode code)
    {
        var identity = new ClaimsIdentity("password", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, profile.UserId)
            .SetClaim(Claims.Name, profile.DisplayName.Length > 0 ? profile.DisplayName : profile.UserId)
            .SetClaim(Claims.PhoneNumber, profile.PhoneNumber)
            .SetClaim(DeviceFacts.TenantClaim, code.Facts!.Tenant);
        identity.SetScopes(code.Principal!.GetScopes());
        identity.SetDestinations(static _ => [Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity);
    }

    [LoggerMessage(EventId = 4111, Level = LogLevel.Warning,
        Message = "A password could not be checked because the user's grain was not reached.")]
    private partial void LogUserNotReached(Exception exception);
}
