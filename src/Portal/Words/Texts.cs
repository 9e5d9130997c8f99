namespace SipGateway.Portal;

/// <summary>Every word that the portal says; what the gateway says comes from the gateway.</summary>
internal static partial class Texts
{
    public static string Product => "SIP devices";
    public static string Devices => "Devices";
    public static string AddPhone => "Add a phone";
    public static string ClaimPhone => "Claim a MAC";
    public static string MainNavigation => "Main";
    public static string SkipToContent => "Skip to content";
    public static string ToDevices => "All devices";
    public static string ToLight => "Switch to light";
    public static string ToDark => "Switch to dark";
    public static string SignOutOfPortal => "Sign out";
    public static string NoSuchPage => "There is no such page";
    public static string PageBroke => "Something broke on this page.";
    public static string Reload => "Reload";
    public static string Loading => "Loading";
    public static string Cancel => "Cancel";
    public static string Copy => "Copy";
    public static string Breadcrumbs => "Where you are";

    public static string SignIn => "Sign in";
    public static string SignInLead => "Sign in with this gateway's admin key.";
    public static string AdminKey => "Admin key";
    public static string WhereTheKeyIs => "It is the one line in the file admin.key in the gateway's data directory.";
    public static string WrongKey => "This is not the admin key. Copy the whole line from admin.key and try again.";
    public static string TooManyKeys => "Too many wrong keys came from your address. Wait a minute and try again.";
    public static string OldForm => "The form was too old. Try again.";
    public static string SessionEnded => "Your session has ended. Sign in again.";
    public static string SignedOut => "You are signed out.";
    public static string TookTooLong => "The gateway did not answer in time. It may still do what you asked; look again in a moment.";
    public static string ApiUnreachable => "The admin API cannot be reached. It may be starting; this page tries again by itself.";

    public static string Title(string page) => $"{page} · {Product}";
}
