namespace SipGateway.Portal;

/// <content>Places.</content>
internal static partial class Texts
{
    public static string SitesAdd => Say("Add a site");
    public static string SitesLead => Say("Places, and the policy that the phones there have.");
    public static string SitesNone => Say("No sites yet");
    public static string SitesNoneNext =>
        Say("Add a place, give it a policy, and set it as the site of phones: they take its time zone, language and settings.");
    public static string SitesId => Say("Site id");
    public static string SitesIdHint => Say("Letters, digits, dots, dashes and underscores; it never changes.");
    public static string SitesName => Say("Name");
    public static string SitesNoPolicy => Say("None of its own");
    public static string SitesWillTouch => Say("Saving will change");
    public static string SitesDeleteLead => Say("Its phones stay, but lose these values and take those of the other layers.");

    public static string SitesChangeThis(string site) => Fill($"Change {site}");

    public static string SitesDeleteThis(string site) => Fill($"Delete {site}");
}
