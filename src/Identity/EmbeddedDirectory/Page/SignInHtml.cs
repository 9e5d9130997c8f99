using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace SipGateway.Identity;

/// <summary>The page as HTML: no script, nothing from elsewhere, one small style sheet that the policy names by its hash.</summary>
internal sealed class SignInHtml(HttpContext context, IAntiforgery? antiforgery)
{
    private static readonly string Policy = string.Create(CultureInfo.InvariantCulture,
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(SignInStyle.Css)))}'; "
        + $"form-action 'self'; base-uri 'none'; frame-ancestors 'none'");

    public PageText Text { get; } = PageText.For(context.Request);

    public Task CodeAsync(int status, string error = "", string typed = "") => WriteAsync(status, Text.CodeHeading, error, $"""
        {FormStart("code", "")}
        <label for="user_code">{E(Text.CodeLabel)}</label>
        <p class="hint" id="hint">{E(Text.CodeHint)}</p>
        <input id="user_code" name="user_code" value="{E(typed.Length > 40 ? "" : typed)}" required maxlength="40" autofocus
          autocomplete="off" autocapitalize="characters" spellcheck="false" class="code"{Described(error, "hint")}>
        <button type="submit">{E(Text.Continue)}</button>
        </form>
        """);

    public Task PhoneAsync(PairingCode code) => WriteAsync(200, Text.PhoneHeading, "", $"""
        <dl>
        <dt>{E(Text.Model)}</dt><dd>{E(code.Facts!.Model.Length > 0 ? code.Facts.Model : Text.UnknownModel)}</dd>
        <dt>{E(Text.MacEnding)}</dt><dd>{E(MacEnding(code.Facts.MacEnding))}</dd>
        <dt>{E(Text.Network)}</dt><dd>{E(code.Facts.Network.Length > 0 ? code.Facts.Network : Text.StartedByAdmin)}</dd>
        <dt>{E(Text.CodeLabel)}</dt><dd>{E(UserCode.Display(code.Code))}</dd>
        </dl>
        <p>{E(Text.PhoneWarning)}</p>
        {FormStart("phone", code.Code)}
        <button type="submit" name="answer" value="yes">{E(Text.Yes)}</button>
        <button type="submit" name="answer" value="no" class="second">{E(Text.No)}</button>
        </form>
        """);

    public Task PasswordAsync(int status, PairingCode code, string confirmed, string userId, string error) => WriteAsync(
        status, Text.PasswordHeading, error, $"""
        <p>{E(Text.Model)}: {E(code.Facts!.Model.Length > 0 ? code.Facts.Model : Text.UnknownModel)}, {E(MacEnding(code.Facts.MacEnding))}</p>
        {FormStart("password", code.Code)}
        <input type="hidden" name="confirmed" value="{E(confirmed)}">
        <label for="username">{E(Text.UserLabel)}</label>
        <input id="username" name="username" value="{E(userId)}" required maxlength="100" autocomplete="username"
          autocapitalize="none" spellcheck="false"{(userId.Length == 0 ? " autofocus" : "")}{Described(error)}>
        <label for="password">{E(Text.PasswordLabel)}</label>
        <input id="password" name="password" type="password" required maxlength="256"
          autocomplete="current-password"{(userId.Length > 0 ? " autofocus" : "")}{Described(error)}>
        <button type="submit">{E(Text.SignIn)}</button>
        </form>
        """);

    public Task DoneAsync() => WriteAsync(200, Text.DoneHeading, "", $"""<p role="status">{E(Text.DoneText)}</p>""");

    public Task DeniedAsync() => WriteAsync(200, Text.DeniedHeading, "", $"""
        <p role="status">{E(Text.DeniedText)}</p>
        <p><a href="{E(Path(DirectoryPaths.SignIn))}">{E(Text.OtherCode)}</a></p>
        """);

    private static string E(string text) => HtmlEncoder.Default.Encode(text);

    private static string MacEnding(string ending) => ending.Length == 4 ? $"{ending[..2]}:{ending[2..]}".ToUpperInvariant() : ending;

    private static string Described(string error, string hint = "")
    {
        var ids = (error.Length > 0 ? $"error {hint}" : hint).Trim();
        return (ids.Length > 0 ? $" aria-describedby=\"{ids}\"" : "") + (error.Length > 0 ? " aria-invalid=\"true\"" : "");
    }

    private string Path(string path) => context.Request.PathBase + path;

    private string FormStart(string step, string code)
    {
        var token = antiforgery!.GetAndStoreTokens(context);
        return $"""
            <form method="post" action="{E(Path(DirectoryPaths.SignIn))}">
            <input type="hidden" name="{token.FormFieldName}" value="{E(token.RequestToken!)}">
            <input type="hidden" name="step" value="{step}">{(code.Length > 0 ? $"<input type=\"hidden\" name=\"user_code\" value=\"{code}\">" : "")}
            """;
    }

    private async Task WriteAsync(int status, string heading, string error, string body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentLanguage = Text.Language;
        response.Headers.Vary = "Accept-Language";
        await response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="{Text.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{(error.Length > 0 ? E(Text.Error) + ": " : "")}{E(heading)} – {E(Text.Title)}</title>
            <style>{SignInStyle.Css}</style>
            </head>
            <body>
            <main>
            <p class="site">{E(Text.Title)}</p>
            <h1>{E(heading)}</h1>
            {(error.Length > 0 ? $"<p class=\"error\" role=\"alert\" id=\"error\"><strong>{E(Text.Error)}:</strong> {E(error)}</p>" : "")}
            {body}
            </main>
            </body>
            </html>
            """, context.RequestAborted);
    }
}
