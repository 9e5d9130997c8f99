namespace SipGateway.Portal;

/// <content>What goes on after a reply.</content>
internal static partial class Texts
{
    public static string Operation => "Operation";
    public static string OperationsLead =>
        "What goes on after a command: imports, restarts, sign-outs. Each goes on by itself, whether or not anybody looks.";
    public static string NoOperations => "Nothing is running, and nothing was";
    public static string NoOperationsNext => "Restart, resync, sign out or import phones, and follow here what becomes of it.";
    public static string OperationStatus => "Status";
    public static string Target => "About";
    public static string TookTime => "Took";
    public static string Result => "Result";
    public static string NoSuchOperation => "There is no such operation";
    public static string GiveUp => "Give it up";
    public static string LeaveAndReturn => "You can leave this page and come back: it goes on.";
    public static string Progress => "Progress";
    public static string TableRow => "Row";
    public static string KindImport => "Import";
    public static string KindCodes => "Codes";

    public static string EndedOf(string ended, string all) => $"{ended} of {all} are done. You can leave this page and come back: it goes on.";
}
