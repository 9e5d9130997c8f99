using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <content>Who may come in, and what they may do.</content>
internal static partial class Texts
{
    public static string Or => Say("or");
    public static string GoOn => Say("Go on");
    public static string NoRole => Say("Your account is known, but has no role at this gateway. Ask whoever runs it for one, then sign in again.");
    public static string TokenRefused =>
        Say("You signed in, but this gateway does not accept what your sign-in server gave. Its log says what to look at; or use a key.");
    public static string Declined => Say("The sign-in was declined.");
    public static string NotSignedIn => Say("The sign-in did not come to its end. Try again.");
    public static string ServerAway => Say("The sign-in server cannot be reached. Try again in a moment, or use a key.");
    public static string RoleViewer => Say("viewer");
    public static string RoleOperator => Say("operator");
    public static string RoleAdmin => Say("admin");

    public static string SignInWith(string name) => Fill($"Sign in with {name}");

    public static string RoleNeeded(string role) => Fill($"You may look, but not do this: it needs the role {role}.");

    public static string RoleOf(Role role) => role switch
    {
        Role.Viewer => RoleViewer, Role.Operator => RoleOperator, _ => RoleAdmin,
    };
}
