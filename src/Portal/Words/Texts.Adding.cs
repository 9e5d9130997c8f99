namespace SipGateway.Portal;

/// <content>Adding a phone.</content>
internal static partial class Texts
{
    public static string StepPhone => "Phone";
    public static string StepCode => "Dial the code";
    public static string StepSignIn => "Sign in";
    public static string StepDone => "Done";
    public static string AddLead => "Which phone is it, and where does it stand?";
    public static string ClaimAndCode => "Claim it and make a code";
    public static string DialOnPhone => "Dial on the phone";
    public static string WaitingForDial => "Waiting for the phone. This page goes on by itself when the code was dialled.";
    public static string DialHelp => "Lift the handset, dial it and press call or #. The phone confirms by voice.";
    public static string CodeNotShown => "A code is shown only once. Make a new one to go on; it replaces the one before.";
    public static string EnrolledNow => "The phone is enrolled: it is yours";
    public static string SignInChoice => "Start the sign-in of the person who uses it. You get an address and a code to pass on.";
    public static string GettingCode => "Getting the code…";
    public static string Later => "Later";
    public static string OpenAndType => "Open this address in a browser and type the code";
    public static string WaitingForUser => "Waiting for the user. This page goes on by itself after the sign-in.";
    public static string NewPairingCode => "New pairing code";
    public static string DoneLead => "The phone fetches its user's line and registers by itself within a minute.";
    public static string OpenPhone => "Open the phone";
    public static string AddAnother => "Add another phone";
    public static string Waiting => "Waiting";

    public static string CodeEnds(string left) => $"Works once, for another {left}.";

    public static string DoneSignedIn(string user) => $"{user} is signed in";
}
