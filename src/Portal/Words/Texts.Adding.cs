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
    public static string Import => "Import";
    public static string ImportTable => "Import phones";
    public static string ImportLead =>
        "A table with the columns MAC id and Location claims many phones at one time. A row that cannot be taken is refused; the others go through.";
    public static string Template => "Template";
    public static string TemplateLocation => "Reception, ground floor";
    public static string DropHere => "Drop a CSV file here, or choose one";
    public static string DropHint => "At most 10,000 rows. Comma or semicolon, as your spreadsheet saves it.";
    public static string FileTooLarge => "The file is larger than 4 MB. Import it in parts.";
    public static string FileNotRead => "The file could not be read. Choose it again.";
    public static string NoRows => "The file holds no rows. Its first line is the heading MAC id,Location; each line below it is a phone.";
    public static string OtherFile => "Choose another file";
    public static string Importing => "The phones are being claimed. You may leave this page; the import goes on.";
    public static string MakeCodesForThese => "Make codes for these phones";
    public static string SaveRefused => "Save the refused rows";
    public static string Refused => "Refused";
    public static string Row => "Row";
    public static string NotYet => "not imported yet";
    public static string CodeSheet => "Sheet of codes";
    public static string Print => "Print";
    public static string NoCodes => "There are no codes here";
    public static string NoCodesNext =>
        "Codes are shown once, in the window they were made in. Choose the phones that wait on activation and make new ones; they replace those before.";
    public static string CodesOnce => "Print this page or keep it open: the codes are not shown again.";
    public static string SheetHowTo => "How to bring a phone into service";
    public static string SheetStepPower => "Connect the phone to the network and wait until it shows its display. Its MAC is printed on its back.";
    public static string SheetStepDial => "Lift the handset, dial the line of its sheet, with both stars, and press call or #.";
    public static string SheetStepHear => "The phone confirms by voice. Each code works once.";
    public static string NoLocation => "No location";

    public static string RowsRead(string file, string rows) => $"{file}: {rows} rows";

    public static string ImportNow(string rows) => $"Import {rows} phones";

    public static string ClaimedOf(string number) => $"{number} claimed";

    public static string RefusedOf(string number) => $"{number} refused";

    public static string MoreRows(string number) => $"and {number} rows more";

    public static string UsableUntil(string time) => $"until {time}";

    public static string CodeEnds(string left) => $"Works once, for another {left}.";

    public static string DoneSignedIn(string user) => $"{user} is signed in";
}
