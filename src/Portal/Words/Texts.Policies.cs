namespace SipGateway.Portal;

/// <content>What phones are told.</content>
internal static partial class Texts
{
    public static string PoliciesAdd => Say("Add a policy");
    public static string PoliciesAddLead => Say("A new policy is empty and touches no phone before you give it to a site, models, a user or a phone.");
    public static string PoliciesMake => Say("Add");
    public static string PoliciesId => Say("Policy id");
    public static string PoliciesIdHint => Say("Letters, digits, dots, dashes and underscores; it never changes.");
    public static string PoliciesLead => Say("What phones are told, in six layers. A value comes from the last layer that has it.");
    public static string PoliciesLayers => Say("Layers, the weakest first");
    public static string LayerGateway => Say("Gateway");
    public static string LayerTenant => Say("Tenant");
    public static string LayerSite => Say("Site");
    public static string LayerModel => Say("Model");
    public static string LayerUser => Say("User");
    public static string LayerPhone => Say("Phone");
    public static string PoliciesTenantLayer => Say("All phones");
    public static string PoliciesByTenant => Say("All phones of the tenant");
    public static string PoliciesByName => Say("Users and phones that name it");
    public static string PoliciesApplies => Say("Applies to");
    public static string PoliciesValues => Say("Values");
    public static string PoliciesNoneNext => Say("Nobody set anything yet: every phone has the gateway’s own values. Open default to set what all phones get.");
    public static string PoliciesAll => Say("All policies");
    public static string PoliciesNoSuch => Say("There is no such policy");
    public static string PoliciesDeleted => Say("The policy is deleted");
    public static string PoliciesName => Say("Name");
    public static string PoliciesAllow => Say("Users may sign in on phones");
    public static string PoliciesLayerBelow => Say("As the layer below");
    public static string PoliciesLanguage => Say("Language");
    public static string PoliciesTimeZone => Say("Time zone");
    public static string PoliciesClock => Say("24-hour clock");
    public static string PoliciesNtp => Say("Time server");
    public static string PoliciesChannel => Say("Firmware channel");
    public static string PoliciesEmergency => Say("Emergency numbers");
    public static string PoliciesEmergencyHint => Say("With commas between. Phones may dial them signed out, too.");
    public static string PoliciesPassword => Say("The phones’ own admin password");
    public static string PoliciesPasswordSet => Say("One is set and stays, unless you type another.");
    public static string PoliciesPasswordNone => Say("None is set here.");
    public static string PoliciesPasswordClear => Say("Take the password out");
    public static string PoliciesModels => Say("Models it is for");
    public static string PoliciesModelsHint => Say("One a line: yealink/T46S, or yealink/* for all others of the vendor. A model is in one policy at most.");
    public static string PoliciesSettings => Say("The vendors’ own settings");
    public static string PoliciesSettingsHint => Say("By the vendor’s own key, as in its files. A secret that is set shows as ********.");
    public static string PoliciesAddSetting => Say("Add a setting");
    public static string PoliciesPreview => Say("Show what it changes");
    public static string PoliciesTouchesNow => Say("Phones that have it");
    public static string PoliciesWillTouch => Say("What saving will change");
    public static string PoliciesChanges => Say("Changes");
    public static string PoliciesNoChange => Say("No value changes.");
    public static string PoliciesBefore => Say("Before");
    public static string PoliciesAfter => Say("After");
    public static string PoliciesNotSet => Say("not set");
    public static string PoliciesOnTop => Say("Phones of users, and phones that name it by themselves, come on top.");
    public static string PoliciesRevisions => Say("Revisions");
    public static string PoliciesNoRevisions => Say("It was never saved.");
    public static string PoliciesRevision => Say("Revision");
    public static string PoliciesNow => Say("now");
    public static string PoliciesChanged => Say("Changed");
    public static string PoliciesReturn => Say("Return to it");
    public static string PoliciesReturnLead => Say("These values change back. It is a change like any other, with a revision of its own.");
    public static string PoliciesDeleteLead => Say("Its phones take these values from the other layers. Its revisions are gone with it.");

    public static string PoliciesBySite(string site) => Fill($"Site {site}");

    public static string PoliciesByModel(string model) => Fill($"Model {model}");

    public static string PoliciesTakeOut(string key) => Fill($"Take {key} out");

    public static string PoliciesChangedValues(string count) => Fill($"Values: {count}");

    public static string PoliciesReturnTitle(string revision) => Fill($"Return to revision {revision}?");

    public static string PoliciesDeleteTitle(string policy) => Fill($"Delete {policy}?");
}
