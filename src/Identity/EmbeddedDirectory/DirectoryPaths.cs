namespace SipGateway.Identity;

/// <summary>Where the directory answers.</summary>
internal static class DirectoryPaths
{
    public const string Device = "/connect/device";
    public const string Token = "/connect/token";
    public const string Configuration = "/.well-known/openid-configuration";
    public const string Keys = "/.well-known/jwks";
    public const string SignIn = "/signin";
    public const string Done = "/signin/done";
    public const string Denied = "/signin/denied";
}
