namespace SipGateway.Portal;

/// <summary>The portal's addresses.</summary>
internal static class PortalPaths
{
    public const string Devices = "/";
    public const string Add = "/add";
    public const string Import = "/import";
    public const string Codes = "/codes";
    public const string SignIn = "/sign-in";
    public const string Session = "/session";
    public const string SessionEnd = "/session/end";
    public const string SessionOidc = "/session/oidc";
    public const string SessionOidcReturn = "/session/oidc/return";

    /// <summary>The sign-in page that leads on to where somebody wanted to go.</summary>
    public static string SignInThen(string target) => target is Devices ? SignIn : $"{SignIn}?next={Uri.EscapeDataString(target)}";

    /// <summary>To the OpenID Connect server, and then on to where somebody wanted to go.</summary>
    public static string SessionOidcThen(string target) => target is Devices ? SessionOidc : $"{SessionOidc}?next={Uri.EscapeDataString(target)}";

    /// <summary>The page of a device, by the tail of its resource name: <c>MAC</c> or <c>MAC/lines/N</c>.</summary>
    public static string Device(string tail) => $"/devices/{tail}";

    /// <summary>A path of the portal itself; anything else leads to the start.</summary>
    public static string Local(string? target) =>
        target is ['/', ..] and not ['/', '/' or '\\', ..] && !target.Any(char.IsControl) ? target : Devices;
}
