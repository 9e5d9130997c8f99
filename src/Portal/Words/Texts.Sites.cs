namespace SipGateway.Portal;

/// <content>Places.</content>
internal static partial class Texts
{
    public static string SitesAdd => "Add a site";
    public static string SitesLead => "Places, and the policy that the phones there have.";
    public static string SitesNone => "No sites yet";
    public static string SitesNoneNext => "Add a place, give it a policy, and set it as the site of phones: they take its time zone, language and settings.";
    public static string SitesId => "Site id";
    public static string SitesIdHint => "Letters, digits, dots, dashes and underscores; it never changes.";
    public static string SitesName => "Name";
    public static string SitesNoPolicy => "None of its own";
    public static string SitesWillTouch => "Saving will change";
    public static string SitesDeleteLead => "Its phones stay, but lose these values and take those of the other layers.";

    public static string SitesChangeThis(string site) => $"Change {site}";

    public static string SitesDeleteThis(string site) => $"Delete {site}";
}
