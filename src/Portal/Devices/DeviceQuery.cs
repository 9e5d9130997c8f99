namespace SipGateway.Portal;

/// <summary>What the list shows: one tab and one search, both in the address, so that it can be passed on.</summary>
/// <param name="Tab">The tab's word in the address; empty for all.</param>
/// <param name="Search">What was typed.</param>
internal sealed record DeviceQuery(string Tab, string Search)
{
    /// <summary>The tabs in their order: address, label and what they filter by.</summary>
    public static IReadOnlyList<(string Tab, string Label, string Filter)> Tabs { get; } =
    [
        ("", Texts.All, ""),
        ("waiting-on-activation", Texts.WaitingOnActivation, "state = WAITING_ON_ACTIVATION"),
        ("waiting-for-sign-in", Texts.WaitingForSignIn, "state = WAITING_FOR_SIGN_IN"),
        ("signed-in", Texts.SignedIn, "state = SIGNED_IN"),
        ("offline", Texts.Offline, "connection = OFFLINE"),
    ];

    /// <summary>From the address; an unknown tab is all.</summary>
    public static DeviceQuery Of(string? tab, string? search) =>
        new(Tabs.Any(t => t.Tab == tab) ? tab! : "", search?.Trim() ?? "");

    /// <summary>Whether anything is left out.</summary>
    public bool IsNarrow => Tab.Length + Search.Length > 0;

    /// <summary>The address.</summary>
    public string Path => (Tab, Search) switch
    {
        ("", "") => PortalPaths.Devices,
        (_, "") => $"/?tab={Tab}",
        ("", _) => $"/?q={Uri.EscapeDataString(Search)}",
        _ => $"/?tab={Tab}&q={Uri.EscapeDataString(Search)}",
    };

    /// <summary>The filter for the API. A search with an operator is a filter of its own; anything else is a word to look for.</summary>
    public string Filter
    {
        get
        {
            var tab = Tabs.First(t => t.Tab == Tab).Filter;
            var search = Search.Length == 0 ? "" : Search.AsSpan().IndexOfAny("=<>") >= 0 ? Search : Quoted(Search);
            return (tab, search) switch { (_, "") => tab, ("", _) => search, _ => $"{tab} AND {search}" };
        }
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
