namespace SipGateway.Portal;

/// <content>The people.</content>
internal static partial class Texts
{
    public static string UsersAdd => "Add a user";
    public static string UsersMake => "Add";
    public static string UsersAll => "All users";
    public static string UsersNone => "No users yet";
    public static string UsersNoneNext => "Add the people who use the phones. A user signs in on a phone, or you assign one to it.";
    public static string UsersId => "User id";
    public static string UsersIdHint => "Letters, digits and . _ - @ +; it never changes.";
    public static string UsersName => "Name";
    public static string UsersNumber => "Phone number";
    public static string UsersNumberHint => "With + and country code. May be empty.";
    public static string UsersCreated => "Added";
    public static string UsersNoPolicy => "None of their own";
    public static string UsersPolicyHint => "A layer for all phones that this user is signed in on.";
    public static string UsersPassword => "Password";
    public static string UsersPasswordHint => "For the sign-in page of this gateway. Empty: they can only be assigned.";
    public static string UsersProfile => "Profile";
    public static string UsersNewPassword => "New password";
    public static string UsersNewPasswordLead => "Replaces the one there is; phones that are signed in stay so.";
    public static string UsersSetPassword => "Set password";
    public static string UsersPasswordSet => "The new password is set. Pass it on by a safe way.";
    public static string UsersCalls => "Calls";
    public static string UsersDoNotDisturb => "Do not disturb";
    public static string UsersForward => "Forwarded to";
    public static string UsersForwardLater => "If not answered";
    public static string UsersRingAlso => "Rings also";
    public static string UsersPhones => "Phones of this user";
    public static string UsersNoPhones => "On no phone. Open a phone that waits for sign in and assign this user to it.";
    public static string UsersNoSuch => "There is no such user";
    public static string UsersNoSuchNext => "They were deleted, or never added.";
    public static string UsersDeleted => "The user is deleted";
    public static string UsersDeletedNext => "Their phones are being signed out.";
    public static string UsersDeleteNoPhones => "They are signed in on no phone. Deleting cannot be taken back.";

    public static string UsersPolicyTouches(string count) => $"Saving changes what this user’s phones are told: {count}.";

    public static string UsersDeleteTitle(string name) => $"Delete {name}?";

    public static string UsersDeletePhones(string phones) => $"These phones will be signed out: {phones}. Deleting cannot be taken back.";
}
