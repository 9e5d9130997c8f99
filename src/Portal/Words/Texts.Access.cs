using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <content>Who may come in, and what they may do.</content>
internal static partial class Texts
{
    public static string Or => "or";
    public static string GoOn => "Go on";
    public static string NoRole => "Your account is known, but has no role at this gateway. Ask whoever runs it for one, then sign in again.";
    public static string TokenRefused =>
        "You signed in, but this gateway does not accept what your sign-in server gave. Its log says what to look at; or use a key.";
    public static string Declined => "The sign-in was declined.";
    public static string NotSignedIn => "The sign-in did not come to its end. Try again.";
    public static string ServerAway => "The sign-in server cannot be reached. Try again in a moment, or use a key.";
    public static string RoleViewer => "viewer";
    public static string RoleOperator => "operator";
    public static string RoleAdmin => "admin";

    public static string SignInWith(string name) => $"Sign in with {name}";

    public static string RoleNeeded(string role) => $"You may look, but not do this: it needs the role {role}.";

    public static string RoleOf(Role role) => role switch
    {
        Role.Viewer => RoleViewer, Role.Operator => RoleOperator, _ => RoleAdmin,
    };
}
