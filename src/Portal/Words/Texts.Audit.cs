namespace SipGateway.Portal;

/// <content>Who did what.</content>
internal static partial class Texts
{
    public static string AuditLead => "Every action, newest first, each in a chain of hashes that no entry can be taken out of. Times are UTC.";
    public static string AuditFilters => "Filters";
    public static string AuditWho => "Who";
    public static string AuditWhoHint => "admin-key:… or user:ann";
    public static string AuditWhat => "What";
    public static string AuditTarget => "About";
    public static string AuditTargetHint => "A MAC, or users/ann";
    public static string AuditOutcome => "Outcome";
    public static string AuditDone => "Done";
    public static string AuditRefused => "Refused";
    public static string AuditFrom => "From (UTC)";
    public static string AuditUntil => "Until (UTC)";
    public static string AuditShow => "Show";
    public static string AuditShowAll => "Show all";
    public static string AuditTime => "Time";
    public static string AuditDetail => "Detail";
    public static string AuditTenant => "Tenant";
    public static string NoEvents => "Nothing found";
    public static string NoEventsNext => "Nothing that was done is like this. Widen the time, or leave a field empty.";
    public static string VerifyChain => "Check the chain";
    public static string ChainWalking => "Checking every entry";
    public static string ChainIntact => "The chain is whole";

    public static string ChainBroken(string number) => $"The chain is broken at entry {number}";

    public static string AuditNumber(string number) => $"no. {number}";
}
