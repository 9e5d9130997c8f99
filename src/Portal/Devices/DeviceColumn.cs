using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>A column of the list, beside the phone itself, which is always there.</summary>
/// <param name="Word">In the address.</param>
/// <param name="Label">For a person.</param>
/// <param name="OrderName">For the API; empty where it cannot order by it.</param>
/// <param name="Read">What a phone has there, as an export says it.</param>
/// <param name="IsUsual">Whether it is shown when nothing was chosen.</param>
internal sealed record DeviceColumn(string Word, string Label, string OrderName, Func<Device, string> Read, bool IsUsual = false)
{
    /// <summary>Whether it holds a word or two, which are not broken.</summary>
    public bool IsShort => Word is not ("user" or "location" or "tags");

    /// <summary>The word of the first column.</summary>
    public const string Phone = "phone";

    /// <summary>The address's word for no column at all beside the phone.</summary>
    public const string None = "none";

    /// <summary>All, in their order on the page.</summary>
    public static IReadOnlyList<DeviceColumn> All =>
    [
        new("state", Texts.State, "state", d => Look.Of(d.State).Word, IsUsual: true),
        new("connection", Texts.Connection, "", d => Look.Of(d.Connection).Word, IsUsual: true),
        new("attention", Texts.Attention, "", d => string.Join(", ", d.Attention.Select(reason => Look.Of(reason).Word))),
        new("user", Texts.User, "user", Readable.UserOf, IsUsual: true),
        new("location", Texts.Location, "location", d => d.Location, IsUsual: true),
        new("site", Texts.Site, "site", d => d.Site),
        new("tags", Texts.Tags, "", d => string.Join(", ", d.Tags)),
        new("vendor", Texts.Vendor, "vendor", d => d.Vendor),
        new("model", Texts.Model, "model", d => d.Model),
        new("firmware", Texts.Firmware, "firmware", d => d.Firmware),
        new("trust", Texts.Trust, "trust_level", d => Readable.ShortTrust(d.TrustLevel)),
        new("source", Texts.Address, "", d => d.Source),
        new("claimed", Texts.Claimed, "create_time", d => Readable.Exact(d.CreateTime)),
        new("seen", Texts.LastSeen, "last_seen_time", d => Readable.Exact(d.LastSeenTime), IsUsual: true),
    ];

    /// <summary>Those that the address names; the usual ones where it names none.</summary>
    public static IReadOnlyList<DeviceColumn> Of(string words)
    {
        var named = words.Split(',');
        return words.Length == 0 ? [.. All.Where(c => c.IsUsual)] : [.. All.Where(c => named.Contains(c.Word))];
    }

    /// <summary>The address's words for a choice; empty for the usual one.</summary>
    public static string WordsOf(IEnumerable<string> chosen)
    {
        string[] words = [.. All.Select(c => c.Word).Where(chosen.Contains)];
        return words.SequenceEqual(All.Where(c => c.IsUsual).Select(c => c.Word)) ? "" : words.Length == 0 ? None : string.Join(',', words);
    }

    /// <summary>What the API orders by for an address's word; null when it is none.</summary>
    public static string? Ordering(string order)
    {
        var word = order.TrimStart('-');
        var name = word == Phone ? "mac" : All.FirstOrDefault(c => c.Word == word)?.OrderName;
        return name is not { Length: > 0 } || order.Length - word.Length > 1 ? null : order[0] == '-' ? $"{name} desc" : name;
    }
}
