namespace SipGateway.Portal;

/// <content>Adding a phone.</content>
internal static partial class Texts
{
    public static string StepPhone => Say("Phone");
    public static string StepCode => Say("Dial the code");
    public static string StepSignIn => Say("Sign in");
    public static string StepDone => Say("Done");
    public static string AddLead => Say("Which phone is it, and where does it stand?");
    public static string ClaimAndCode => Say("Claim it and make a code");
    public static string DialOnPhone => Say("Dial on the phone");
    public static string WaitingForDial => Say("Waiting for the phone. This page goes on by itself when the code was dialled.");
    public static string DialHelp => Say("Lift the handset, dial it and press call or #. The phone confirms by voice.");
    public static string CodeNotShown => Say("A code is shown only once. Make a new one to go on; it replaces the one before.");
    public static string EnrolledNow => Say("The phone is enrolled: it is yours");
    public static string SignInChoice => Say("Start the sign-in of the person who uses it. You get an address and a code to pass on.");
    public static string GettingCode => Say("Getting the code…");
    public static string Later => Say("Later");
    public static string OpenAndType => Say("Open this address in a browser and type the code");
    public static string QrOfSignIn => Say("QR code of the sign-in address, for a telephone's camera");
    public static string WaitingForUser => Say("Waiting for the user. This page goes on by itself after the sign-in.");
    public static string NewPairingCode => Say("New pairing code");
    public static string DoneLead => Say("The phone fetches its user's line and registers by itself within a minute.");
    public static string OpenPhone => Say("Open the phone");
    public static string AddAnother => Say("Add another phone");
    public static string Waiting => Say("Waiting");

    public static string CodeEnds(string left) => Fill($"Works once, for another {left}.");

    public static string DoneSignedIn(string user) => Fill($"{user} is signed in");
}
