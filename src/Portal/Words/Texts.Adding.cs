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
    public static string Import => Say("Import");
    public static string ImportTable => Say("Import phones");
    public static string ImportLead =>
        Say("A table with the columns MAC id and Location claims many phones at one time. A row that cannot be taken is refused; the others go through.");
    public static string Template => Say("Template");
    public static string TemplateLocation => Say("Reception, ground floor");
    public static string DropHere => Say("Drop a CSV file here, or choose one");
    public static string DropHint => Say("At most 10,000 rows. Comma or semicolon, as your spreadsheet saves it.");
    public static string FileTooLarge => Say("The file is larger than 4 MB. Import it in parts.");
    public static string FileNotRead => Say("The file could not be read. Choose it again.");
    public static string NoRows => Say("The file holds no rows. Its first line is the heading MAC id,Location; each line below it is a phone.");
    public static string OtherFile => Say("Choose another file");
    public static string Importing => Say("The phones are being claimed. You may leave this page; the import goes on.");
    public static string MakeCodesForThese => Say("Make codes for these phones");
    public static string SaveRefused => Say("Save the refused rows");
    public static string Refused => Say("Refused");
    public static string Row => Say("Row");
    public static string NotYet => Say("not imported yet");
    public static string CodeSheet => Say("Sheet of codes");
    public static string Print => Say("Print");
    public static string NoCodes => Say("There are no codes here");
    public static string NoCodesNext =>
        Say("Codes are shown once, in the window they were made in. Choose the phones that wait on activation and make new ones; they replace those before.");
    public static string CodesOnce => Say("Print this page or keep it open: the codes are not shown again.");
    public static string SheetHowTo => Say("How to bring a phone into service");
    public static string SheetStepPower => Say("Connect the phone to the network and wait until it shows its display. Its MAC is printed on its back.");
    public static string SheetStepDial => Say("Lift the handset, dial the line of its sheet, with both stars, and press call or #.");
    public static string SheetStepHear => Say("The phone confirms by voice. Each code works once.");
    public static string NoLocation => Say("No location");

    public static string RowsRead(string file, string rows) => Fill($"{file}: {rows} rows");

    public static string ImportNow(string rows) => Fill($"Import {rows} phones");

    public static string ClaimedOf(string number) => Fill($"{number} claimed");

    public static string RefusedOf(string number) => Fill($"{number} refused");

    public static string MoreRows(string number) => Fill($"and {number} rows more");

    public static string UsableUntil(string time) => Fill($"until {time}");

    public static string CodeEnds(string left) => Fill($"Works once, for another {left}.");

    public static string DoneSignedIn(string user) => Fill($"{user} is signed in");
}
