namespace SipGateway.Portal;

/// <summary>Every word that the portal says; what the gateway says comes from the gateway.</summary>
internal static partial class Texts
{
    public static string Product => Say("SIP devices");
    public static string Devices => Say("Devices");
    public static string AddPhone => Say("Add a phone");
    public static string ClaimPhone => Say("Claim a MAC");
    public static string MainNavigation => Say("Main");
    public static string SkipToContent => Say("Skip to content");
    public static string ToDevices => Say("All devices");
    public static string ToLight => Say("Switch to light");
    public static string ToDark => Say("Switch to dark");
    public static string SignOutOfPortal => Say("Sign out");
    public static string NoSuchPage => Say("There is no such page");
    public static string PageBroke => Say("Something broke on this page.");
    public static string ConnectionLost => Say("The connection to the gateway is lost. What you see is from before; this page comes back by itself.");
    public static string Reload => Say("Reload");
    public static string Close => Say("Close");
    public static string Keys => Say("Keyboard");
    public static string Key => Say("Key");
    public static string WhatItDoes => Say("What it does");
    public static string KeySearch => Say("Search");
    public static string KeyMove => Say("Next control; use it");
    public static string KeyEscape => Say("Close what is open");
    public static string KeyHelp => Say("This help");
    public static string ChooseLanguage => Say("Language");
    public static string Loading => Say("Loading");
    public static string Cancel => Say("Cancel");
    public static string Copy => Say("Copy");
    public static string Breadcrumbs => Say("Where you are");

    public static string SignIn => Say("Sign in");
    public static string SignInLead => Say("Sign in with this gateway's admin key.");
    public static string AdminKey => Say("Admin key");
    public static string WhereTheKeyIs => Say("It is the one line in the file admin.key in the gateway's data directory.");
    public static string WrongKey => Say("This is not the admin key. Copy the whole line from admin.key and try again.");
    public static string TooManyKeys => Say("Too many wrong keys came from your address. Wait a minute and try again.");
    public static string OldForm => Say("The form was too old. Try again.");
    public static string SessionEnded => Say("Your session has ended. Sign in again.");
    public static string SignedOut => Say("You are signed out.");
    public static string TookTooLong => Say("The gateway did not answer in time. It may still do what you asked; look again in a moment.");
    public static string ApiUnreachable => Say("The admin API cannot be reached. It may be starting; this page tries again by itself.");

    public static string Title(string page) => Fill($"{page} · {Product}");
}
