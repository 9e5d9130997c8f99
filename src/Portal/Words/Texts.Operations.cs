namespace SipGateway.Portal;

/// <content>What goes on after a reply.</content>
internal static partial class Texts
{
    public static string Operation => Say("Operation");
    public static string OperationsLead =>
        Say("What goes on after a command: imports, restarts, sign-outs. Each goes on by itself, whether or not anybody looks.");
    public static string NoOperations => Say("Nothing is running, and nothing was");
    public static string NoOperationsNext => Say("Restart, resync, sign out or import phones, and follow here what becomes of it.");
    public static string OperationStatus => Say("Status");
    public static string Target => Say("About");
    public static string TookTime => Say("Took");
    public static string Result => Say("Result");
    public static string NoSuchOperation => Say("There is no such operation");
    public static string GiveUp => Say("Give it up");
    public static string LeaveAndReturn => Say("You can leave this page and come back: it goes on.");
    public static string Progress => Say("Progress");
    public static string TableRow => Say("Row");
    public static string KindImport => Say("Import");
    public static string KindCodes => Say("Codes");

    public static string EndedOf(string ended, string all) => Fill($"{ended} of {all} are done. You can leave this page and come back: it goes on.");
}
