namespace SipGateway.Portal;

/// <content>The navigation, and the fleet at a glance.</content>
internal static partial class Texts
{
    public static string Overview => Say("Overview");
    public static string UsersArea => Say("Users");
    public static string PoliciesArea => Say("Policies");
    public static string SitesArea => Say("Sites");
    public static string OperationsArea => Say("Operations");
    public static string AuditArea => Say("Audit log");
    public static string Menu => Say("Menu");
    public static string Phones => Say("Phones");
    public static string OnePhone => Say("1 phone");
    public static string NothingCounted => Say("Nothing yet.");
    public static string OverviewNewPhones => Say("Claimed in the last");
    public static string LastDay => Say("24 hours");
    public static string LastWeek => Say("7 days");
    public static string LastMonth => Say("30 days");
    public static string OverTime => Say("Over time");
    public static string HistoryBegins => Say("The history begins now: the fleet is counted every ten minutes.");
    public static string Now => Say("Now");
    public static string Lowest => Say("Lowest");
    public static string Highest => Say("Highest");
    public static string FailedSignIns => Say("Failed sign-ins");
    public static string RegistrationsPerSecond => Say("Registrations/s");
    public static string Others => Say("Others");
    public static string FirmwareUnknown => Say("Firmware not known yet");
    public static string NoSite => Say("No site");
    public static string Machines => Say("Edges and silos");
    public static string Machine => Say("Machine");
    public static string Health => Say("Health");
    public static string Started => Say("Started");
    public static string LastSign => Say("Last heard of");
    public static string Edge => Say("Edge");
    public static string Silo => Say("Silo");
    public static string Healthy => Say("Healthy");
    public static string Silent => Say("Silent");
    public static string Alerted => Say("Look at it");
    public static string Joining => Say("Joining");
    public static string Leaving => Say("Leaving");
    public static string Dead => Say("Dead");
    public static string RefusedLately => Say("Refused in the last 24 hours");
    public static string NothingRefused => Say("Nothing was refused.");
    public static string Save => Say("Save");
    public static string Saved => Say("Saved.");
    public static string Change => Say("Change");
    public static string On => Say("on");
    public static string Off => Say("off");
    public static string Yes => Say("Yes");
    public static string No => Say("No");
    public static string ShowMore => Say("Show more");

    public static string ManyPhones(string count) => Fill($"{count} phones");

    public static string AndMore(string count) => Fill($"and {count} more");

    public static string Seconds(string number) => Fill($"{number} s");

    public static string Minutes(string number) => Fill($"{number} min");

    public static string OfSignIns(string failed, string all) => Fill($"{failed} of {all} sign-ins");
}
