namespace SipGateway.Identity;

/// <summary>Why a sign-in ended without a user, for the phone's screen and the admin: what happened and what to do next.</summary>
internal static class SignInFailures
{
    public const string Denied = "The sign-in was declined in the browser. Press Sign in for a new code.";
    public const string Expired = "The pairing code expired before it was used. Press Sign in for a new code.";
    public const string Interrupted = "The gateway was restarted while the code was shown. Press Sign in for a new code.";
    public const string Unreachable =
        "The sign-in server cannot be reached. Try again in a few minutes; if it stays so, tell your administrator.";
    public const string BadCodeReply = "The sign-in server gave no usable pairing code. Tell your administrator.";
    public const string BadToken = "The sign-in server's answer could not be verified, so nobody was signed in. Tell your administrator.";
    public const string NoUser = "The sign-in server did not say who signed in. Tell your administrator.";
    public const string OtherTenant = "You signed in with an account of another organisation. Press Sign in and use your work account.";

    public static string Refused(string error) => error.Length > 0
        ? $"The sign-in server refused ({error}). Press Sign in to start again; if it stays so, tell your administrator."
        : "The sign-in server refused. Press Sign in to start again; if it stays so, tell your administrator.";
}
