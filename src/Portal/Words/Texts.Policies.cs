namespace SipGateway.Portal;

/// <content>What phones are told.</content>
internal static partial class Texts
{
    public static string PoliciesAdd => "Add a policy";
    public static string PoliciesAddLead => "A new policy is empty and touches no phone before you give it to a site, models, a user or a phone.";
    public static string PoliciesMake => "Add";
    public static string PoliciesId => "Policy id";
    public static string PoliciesIdHint => "Letters, digits, dots, dashes and underscores; it never changes.";
    public static string PoliciesLead => "What phones are told, in six layers. A value comes from the last layer that has it.";
    public static string PoliciesLayers => "Layers, the weakest first";
    public static string LayerGateway => "Gateway";
    public static string LayerTenant => "Tenant";
    public static string LayerSite => "Site";
    public static string LayerModel => "Model";
    public static string LayerUser => "User";
    public static string LayerPhone => "Phone";
    public static string PoliciesTenantLayer => "All phones";
    public static string PoliciesByTenant => "All phones of the tenant";
    public static string PoliciesByName => "Users and phones that name it";
    public static string PoliciesApplies => "Applies to";
    public static string PoliciesValues => "Values";
    public static string PoliciesNoneNext => "Nobody set anything yet: every phone has the gateway’s own values. Open default to set what all phones get.";
    public static string PoliciesAll => "All policies";
    public static string PoliciesNoSuch => "There is no such policy";
    public static string PoliciesDeleted => "The policy is deleted";
    public static string PoliciesName => "Name";
    public static string PoliciesAllow => "Users may sign in on phones";
    public static string PoliciesLayerBelow => "As the layer below";
    public static string PoliciesLanguage => "Language";
    public static string PoliciesTimeZone => "Time zone";
    public static string PoliciesClock => "24-hour clock";
    public static string PoliciesNtp => "Time server";
    public static string PoliciesChannel => "Firmware channel";
    public static string PoliciesEmergency => "Emergency numbers";
    public static string PoliciesEmergencyHint => "With commas between. Phones may dial them signed out, too.";
    public static string PoliciesPassword => "The phones’ own admin password";
    public static string PoliciesPasswordSet => "One is set and stays, unless you type another.";
    public static string PoliciesPasswordNone => "None is set here.";
    public static string PoliciesPasswordClear => "Take the password out";
    public static string PoliciesModels => "Models it is for";
    public static string PoliciesModelsHint => "One a line: yealink/T46S, or yealink/* for all others of the vendor. A model is in one policy at most.";
    public static string PoliciesSettings => "The vendors’ own settings";
    public static string PoliciesSettingsHint => "By the vendor’s own key, as in its files. A secret that is set shows as ********.";
    public static string PoliciesAddSetting => "Add a setting";
    public static string PoliciesPreview => "Show what it changes";
    public static string PoliciesTouchesNow => "Phones that have it";
    public static string PoliciesWillTouch => "What saving will change";
    public static string PoliciesChanges => "Changes";
    public static string PoliciesNoChange => "No value changes.";
    public static string PoliciesBefore => "Before";
    public static string PoliciesAfter => "After";
    public static string PoliciesNotSet => "not set";
    public static string PoliciesOnTop => "Phones of users, and phones that name it by themselves, come on top.";
    public static string PoliciesRevisions => "Revisions";
    public static string PoliciesNoRevisions => "It was never saved.";
    public static string PoliciesRevision => "Revision";
    public static string PoliciesNow => "now";
    public static string PoliciesChanged => "Changed";
    public static string PoliciesReturn => "Return to it";
    public static string PoliciesReturnLead => "These values change back. It is a change like any other, with a revision of its own.";
    public static string PoliciesDeleteLead => "Its phones take these values from the other layers. Its revisions are gone with it.";

    public static string PoliciesBySite(string site) => $"Site {site}";

    public static string PoliciesByModel(string model) => $"Model {model}";

    public static string PoliciesTakeOut(string key) => $"Take {key} out";

    public static string PoliciesChangedValues(string count) => $"Values: {count}";

    public static string PoliciesReturnTitle(string revision) => $"Return to revision {revision}?";

    public static string PoliciesDeleteTitle(string policy) => $"Delete {policy}?";
}
