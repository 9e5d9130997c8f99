namespace SipGateway.Portal;

/// <content>The people.</content>
internal static partial class Texts
{
    public static string UsersAdd => Say("Add a user");
    public static string UsersMake => Say("Add");
    public static string UsersAll => Say("All users");
    public static string UsersNone => Say("No users yet");
    public static string UsersNoneNext => Say("Add the people who use the phones. A user signs in on a phone, or you assign one to it.");
    public static string UsersId => Say("User id");
    public static string UsersIdHint => Say("Letters, digits and . _ - @ +; it never changes.");
    public static string UsersName => Say("Name");
    public static string UsersNumber => Say("Phone number");
    public static string UsersNumberHint => Say("With + and country code. May be empty.");
    public static string UsersCreated => Say("Added");
    public static string UsersNoPolicy => Say("None of their own");
    public static string UsersPolicyHint => Say("A layer for all phones that this user is signed in on.");
    public static string UsersPassword => Say("Password");
    public static string UsersPasswordHint => Say("For the sign-in page of this gateway. Empty: they can only be assigned.");
    public static string UsersProfile => Say("Profile");
    public static string UsersNewPassword => Say("New password");
    public static string UsersNewPasswordLead => Say("Replaces the one there is; phones that are signed in stay so.");
    public static string UsersSetPassword => Say("Set password");
    public static string UsersPasswordSet => Say("The new password is set. Pass it on by a safe way.");
    public static string UsersCalls => Say("Calls");
    public static string UsersDoNotDisturb => Say("Do not disturb");
    public static string UsersForward => Say("Forwarded to");
    public static string UsersForwardLater => Say("If not answered");
    public static string UsersRingAlso => Say("Rings also");
    public static string UsersPhones => Say("Phones of this user");
    public static string UsersNoPhones => Say("On no phone. Open a phone that waits for sign in and assign this user to it.");
    public static string UsersNoSuch => Say("There is no such user");
    public static string UsersNoSuchNext => Say("They were deleted, or never added.");
    public static string UsersDeleted => Say("The user is deleted");
    public static string UsersDeletedNext => Say("Their phones are being signed out.");
    public static string UsersDeleteNoPhones => Say("They are signed in on no phone. Deleting cannot be taken back.");

    public static string UsersPolicyTouches(string count) => Fill($"Saving changes what this user’s phones are told: {count}.");

    public static string UsersDeleteTitle(string name) => Fill($"Delete {name}?");

    public static string UsersDeletePhones(string phones) => Fill($"These phones will be signed out: {phones}. Deleting cannot be taken back.");
}
