namespace SipGateway.Portal;

/// <content>The navigation, and the fleet at a glance.</content>
internal static partial class Texts
{
    public static string Overview => "Overview";
    public static string UsersArea => "Users";
    public static string PoliciesArea => "Policies";
    public static string SitesArea => "Sites";
    public static string OperationsArea => "Operations";
    public static string AuditArea => "Audit log";
    public static string Menu => "Menu";
    public static string Phones => "Phones";
    public static string OnePhone => "1 phone";
    public static string NothingCounted => "Nothing yet.";
    public static string OverviewNewPhones => "Claimed in the last";
    public static string LastDay => "24 hours";
    public static string LastWeek => "7 days";
    public static string LastMonth => "30 days";
    public static string Others => "Others";
    public static string FirmwareUnknown => "Firmware not known yet";
    public static string NoSite => "No site";
    public static string Machines => "Edges and silos";
    public static string Machine => "Machine";
    public static string Health => "Health";
    public static string Started => "Started";
    public static string LastSign => "Last heard of";
    public static string Edge => "Edge";
    public static string Silo => "Silo";
    public static string Healthy => "Healthy";
    public static string Silent => "Silent";
    public static string Alerted => "Look at it";
    public static string Joining => "Joining";
    public static string Leaving => "Leaving";
    public static string Dead => "Dead";
    public static string RefusedLately => "Refused in the last 24 hours";
    public static string NothingRefused => "Nothing was refused.";
    public static string Save => "Save";
    public static string Saved => "Saved.";
    public static string Change => "Change";
    public static string On => "on";
    public static string Off => "off";
    public static string Yes => "Yes";
    public static string No => "No";
    public static string ShowMore => "Show more";

    public static string ManyPhones(string count) => $"{count} phones";

    public static string AndMore(string count) => $"and {count} more";

    public static string Seconds(string number) => $"{number} s";

    public static string Minutes(string number) => $"{number} min";
}
