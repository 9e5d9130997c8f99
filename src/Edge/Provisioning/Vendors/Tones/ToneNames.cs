namespace SipGateway.Edge;

/// <summary>A country's tones by the name that a vendor has for them: of phones that know the tones of some countries.</summary>
internal static class ToneNames
{
    // "Voice" > "Country" in the web pages, voice.tone.country in files.
    private static readonly Dictionary<string, string> YealinkNames = new(StringComparer.Ordinal)
    {
        ["AU"] = "Australia", ["AT"] = "Austria", ["BE"] = "Belgium", ["BR"] = "Brazil", ["CL"] = "Chile", ["CN"] = "China", ["CZ"] = "Czech",
        ["DK"] = "Denmark", ["FI"] = "Finland", ["FR"] = "France", ["DE"] = "Germany", ["GB"] = "Great Britain", ["GR"] = "Greece", ["HU"] = "Hungary",
        ["IN"] = "India", ["IT"] = "Italy", ["JP"] = "Japan", ["LT"] = "Lithuania", ["MX"] = "Mexico", ["NL"] = "Netherlands", ["NO"] = "Norway",
        ["NZ"] = "New Zealand", ["PT"] = "Portugal", ["ES"] = "Spain", ["SE"] = "Sweden", ["CH"] = "Switzerland", ["RU"] = "Russia",
        ["US"] = "United States",
    };

    // The values of tone_scheme.
    private static readonly Dictionary<string, string> SnomNames = new(StringComparer.Ordinal)
    {
        ["AU"] = "AUS", ["AT"] = "AUT", ["CN"] = "CHN", ["DK"] = "DNK", ["FR"] = "FRA", ["DE"] = "GER", ["GB"] = "GBR", ["IN"] = "IND", ["IT"] = "ITA",
        ["JP"] = "JPN", ["MX"] = "MEX", ["NL"] = "NLD", ["NO"] = "NOR", ["NZ"] = "NZL", ["ES"] = "ESP", ["SE"] = "SWE", ["CH"] = "SWI", ["US"] = "USA",
    };

    // The values of "tone set"; "Europe" is one of tones that most of Europe has.
    private static readonly Dictionary<string, string> MitelNames = new(StringComparer.Ordinal)
    {
        ["AU"] = "Australia", ["BR"] = "Brazil", ["FR"] = "France", ["DE"] = "Germany", ["IT"] = "Italy", ["MX"] = "Mexico", ["RU"] = "Russia",
        ["GB"] = "UK", ["US"] = "US", ["CA"] = "US", ["AT"] = "Europe", ["BE"] = "Europe", ["CH"] = "Europe", ["DK"] = "Europe", ["ES"] = "Europe",
        ["FI"] = "Europe", ["NL"] = "Europe", ["NO"] = "Europe", ["PT"] = "Europe", ["SE"] = "Europe",
    };

    // The values of voip/regional_settings/selected_country.
    private static readonly Dictionary<string, string> AudioCodesNames = new(StringComparer.Ordinal)
    {
        ["AU"] = "Australia", ["BR"] = "Brazil", ["CN"] = "China", ["FR"] = "France", ["DE"] = "Germany", ["IN"] = "India", ["IT"] = "Italy",
        ["NL"] = "Netherlands", ["PT"] = "Portugal", ["RU"] = "Russia", ["GB"] = "UK", ["US"] = "USA",
    };

    /// <summary>Yealink's; empty where it has none or nobody said a country.</summary>
    public static string Yealink(FileFacts facts) => YealinkNames.GetValueOrDefault(facts.Policy.ToneCountry, "");

    /// <summary>Snom's.</summary>
    public static string Snom(FileFacts facts) => SnomNames.GetValueOrDefault(facts.Policy.ToneCountry, "");

    /// <summary>Mitel's.</summary>
    public static string Mitel(FileFacts facts) => MitelNames.GetValueOrDefault(facts.Policy.ToneCountry, "");

    /// <summary>AudioCodes' phones'.</summary>
    public static string AudioCodes(FileFacts facts) => AudioCodesNames.GetValueOrDefault(facts.Policy.ToneCountry, "");
}
