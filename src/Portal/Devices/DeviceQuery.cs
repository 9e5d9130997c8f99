using System.Text;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>What the list shows, all of it in the address, so that it can be passed on.</summary>
internal sealed record DeviceQuery
{
    /// <summary>The word of the tab of phones that wait for their code to be dialled.</summary>
    public const string WaitingTab = "waiting-on-activation";

    /// <summary>The word of the tab of phones that need a person.</summary>
    public const string AttentionTab = "needs-attention";

    /// <summary>What that tab filters by.</summary>
    public const string AttentionFilter = "attention:*";

    /// <summary>The tabs in their order: address, label and what they filter by.</summary>
    public static IReadOnlyList<DeviceTab> Tabs =>
    [
        new("", Texts.All, "", _ => true),
        new(WaitingTab, Texts.WaitingOnActivation, "state = WAITING_ON_ACTIVATION", d => d.State == Device.Types.State.WaitingOnActivation),
        new("waiting-for-sign-in", Texts.WaitingForSignIn, "state = WAITING_FOR_SIGN_IN", d => d.State == Device.Types.State.WaitingForSignIn),
        new("signed-in", Texts.SignedIn, "state = SIGNED_IN", d => d.State == Device.Types.State.SignedIn),
        new("offline", Texts.Offline, "connection = OFFLINE", d => d.Connection == Device.Types.Connection.Offline),
        new(AttentionTab, Texts.NeedsAttention, AttentionFilter, d => d.Attention.Count > 0),
    ];

    /// <summary>The tab's word; empty for all.</summary>
    public string Tab { get; init; } = "";

    /// <summary>What was typed.</summary>
    public string Search { get; init; } = "";

    /// <summary>Filters by their words in the address; at most one for each field.</summary>
    public IReadOnlyDictionary<string, string> Chips { get; init; } = new Dictionary<string, string>();

    /// <summary>The column that it is ordered by, <c>-</c> before it for the highest first; empty for the MAC.</summary>
    public string Order { get; init; } = "";

    /// <summary>The chosen columns as the address has them; empty for the usual ones.</summary>
    public string Columns { get; init; } = "";

    /// <summary>From the address; what is unknown there is left out.</summary>
    public static DeviceQuery Of(string? tab, string? search, IEnumerable<(string Word, string? Value)> chips, string? order, string? columns) => new()
    {
        Tab = Tabs.Any(t => t.Word == tab) ? tab! : "",
        Search = search?.Trim() ?? "",
        Chips = chips.Where(c => !string.IsNullOrWhiteSpace(c.Value)).ToDictionary(c => c.Word, c => c.Value!.Trim()),
        Order = DeviceColumn.Ordering(order ?? "") is null ? "" : order!,
        Columns = columns ?? "",
    };

    /// <summary>Whether anything is left out.</summary>
    public bool IsNarrow => Tab.Length + Search.Length + Chips.Count > 0;

    /// <summary>The address.</summary>
    public string Path
    {
        get
        {
            var path = new StringBuilder(PortalPaths.Devices);
            foreach (var (word, value) in Parts.Where(p => p.Value.Length > 0))
            {
                path.Append(path.Length == 1 ? '?' : '&').Append(word).Append('=').Append(Uri.EscapeDataString(value));
            }

            return path.ToString();
        }
    }

    /// <summary>The filter for the API. A search with an operator is a filter of its own; anything else is a word to look for.</summary>
    public string Filter => string.Join(" AND ", Terms.Where(t => t.Length > 0));

    /// <summary>The order for the API.</summary>
    public string OrderBy => DeviceColumn.Ordering(Order) ?? "";

    /// <summary>With another filter in the place of a field's; without it when the value is empty.</summary>
    public DeviceQuery With(DeviceFilterField field, string value)
    {
        var chips = Chips.Where(c => c.Key != field.Word).ToDictionary(c => c.Key, c => c.Value);
        if (value.Trim().Length > 0)
        {
            chips[field.Word] = value.Trim();
        }

        return this with { Chips = chips };
    }

    /// <summary>Tells of a phone whether it matches, as far as that is known here.</summary>
    public DeviceMatch Match()
    {
        var tab = Tabs.First(t => t.Word == Tab).Matches;
        var chips = Chips.Select(c => (Field: DeviceFilterField.Of(c.Key), c.Value)).ToArray();
        var isPlain = IsPlain(Search) && Array.TrueForAll(chips, c => Ascii.IsValid(c.Value));
        bool May(Device device) => tab(device) && Array.TrueForAll(chips, c => c.Field.MayMatch(device, c.Value)) && MayBeFound(device);
        return new DeviceMatch(May, device => isPlain && Ascii.IsValid(device.User) && Ascii.IsValid(device.Location) && May(device));
    }

    // The API looks for a word at the start of MAC, user or location.
    private bool MayBeFound(Device device) => !IsPlain(Search) || Starts(device.Mac) || Starts(device.User) || Starts(device.Location);

    private bool Starts(string text) => !Ascii.IsValid(text) || text.StartsWith(Search, StringComparison.OrdinalIgnoreCase);

    // A filter is the API's matter, and so is what has more than one spelling there: letters beyond ASCII, and a MAC in any notation.
    private static bool IsPlain(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || c == ' ')
        && (!word.Contains(' ') || !word.All(c => char.IsAsciiHexDigit(c) || c == ' '));

    private bool IsFilter => Search.AsSpan().IndexOfAny("=<>") >= 0;

    private IEnumerable<(string Word, string Value)> Parts =>
    [
        ("tab", Tab), ("q", Search), .. Chips.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => (c.Key, c.Value)), ("order", Order),
        ("columns", Columns),
    ];

    private IEnumerable<string> Terms =>
    [
        Tabs.First(t => t.Word == Tab).Filter,
        .. Chips.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => DeviceFilterField.Of(c.Key).Term(c.Value)),
        Search.Length == 0 ? "" : IsFilter ? Search : DeviceFilterField.Quoted(Search),
    ];
}

/// <summary>One tab over the list.</summary>
/// <param name="Word">In the address.</param>
/// <param name="Label">For a person.</param>
/// <param name="Filter">For the API.</param>
/// <param name="Matches">Whether a phone belongs to it.</param>
internal sealed record DeviceTab(string Word, string Label, string Filter, Func<Device, bool> Matches);
