namespace SipGateway.Portal;

/// <content>Who did what.</content>
internal static partial class Texts
{
    public static string AuditLead => Say("Every action, newest first, each in a chain of hashes that no entry can be taken out of. Times are UTC.");
    public static string AuditFilters => Say("Filters");
    public static string AuditWho => Say("Who");
    public static string AuditWhoHint => Say("admin-key:… or user:ann");
    public static string AuditWhat => Say("What");
    public static string AuditTarget => Say("About");
    public static string AuditTargetHint => Say("A MAC, or users/ann");
    public static string AuditOutcome => Say("Outcome");
    public static string AuditDone => Say("Done");
    public static string AuditRefused => Say("Refused");
    public static string AuditFrom => Say("From (UTC)");
    public static string AuditUntil => Say("Until (UTC)");
    public static string AuditShow => Say("Show");
    public static string AuditShowAll => Say("Show all");
    public static string AuditTime => Say("Time");
    public static string AuditDetail => Say("Detail");
    public static string AuditTenant => Say("Tenant");
    public static string NoEvents => Say("Nothing found");
    public static string NoEventsNext => Say("Nothing that was done is like this. Widen the time, or leave a field empty.");
    public static string VerifyChain => Say("Check the chain");
    public static string ChainWalking => Say("Checking every entry");
    public static string ChainIntact => Say("The chain is whole");

    public static string ChainBroken(string number) => Fill($"The chain is broken at entry {number}");

    public static string AuditNumber(string number) => Fill($"no. {number}");
}
