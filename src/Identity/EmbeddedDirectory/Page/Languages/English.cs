namespace SipGateway.Identity;

internal static partial class PageTexts
{
    public static PageText English { get; } = new()
    {
        Language = "en",
        Title = "Desk phone sign-in",
        CodeHeading = "Enter the code on your phone",
        CodeLabel = "Pairing code",
        CodeHint = "Eight letters from the phone’s screen. Capital or small letters, with or without the dash.",
        Continue = "Continue",
        PhoneHeading = "Is this phone in front of you?",
        PhoneWarning = "Go on only if you started this sign-in yourself and the phone shows the same code. If somebody sent you the code, "
            + "choose No.",
        Model = "Phone",
        UnknownModel = "Desk phone",
        MacEnding = "MAC address ends with",
        Network = "Asked from network address",
        StartedByAdmin = "Started by an administrator",
        Yes = "Yes, this is my phone",
        No = "No, stop",
        PasswordHeading = "Sign in",
        UserLabel = "User name",
        PasswordLabel = "Password",
        SignIn = "Sign in",
        DoneHeading = "You are signed in",
        DoneText = "The phone shows your name within a minute. You can close this page.",
        DeniedHeading = "Sign-in was stopped",
        DeniedText = "Nothing was changed on the phone. If you did not start this sign-in, tell your administrator. You can close this "
            + "page.",
        OtherCode = "Enter another code",
        Error = "Error",
        CodeUnknown = "There is no such pairing code. Compare it with the phone’s screen and type it again.",
        CodeExpired = "This pairing code has expired. Press Sign in on the phone to get a new one.",
        CodeUsed = "This pairing code was already used. Press Sign in on the phone to get a new one.",
        CodeDenied = "This sign-in was stopped. Press Sign in on the phone to get a new code.",
        WrongPassword = "User name or password is wrong. Try again.",
        Locked = "Too many wrong passwords for this user name. Wait 15 minutes, then try again.",
        TooManyTries = "Too many wrong tries from your network. Wait 15 minutes, then try again.",
        FormStale = "This page was open too long or your browser blocks cookies. Enter the code again.",
        Unavailable = "Your password could not be checked just now. Nothing is wrong with it; try again in a minute.",
    };
}
