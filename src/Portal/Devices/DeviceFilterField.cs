using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>A field that the list can be narrowed by.</summary>
/// <param name="Word">In the address.</param>
/// <param name="Label">For a person.</param>
/// <param name="Name">For the API.</param>
/// <param name="Sign">How the API compares: equal, or <c>:</c> for the start.</param>
/// <param name="Choices">The values there are, with their labels; none where anything can be typed.</param>
/// <param name="Read">What a phone has there: one value, or several.</param>
internal sealed record DeviceFilterField(
    string Word, string Label, string Name, string Sign, IReadOnlyList<(string Value, string Label)> Choices, Func<Device, IEnumerable<string>> Read)
{
    /// <summary>All, in the order of the menu.</summary>
    public static IReadOnlyList<DeviceFilterField> All =>
    [
        new("state", Texts.State, "state", "=",
        [
            ("ONBOARDED", Texts.Onboarded), ("WAITING_ON_ACTIVATION", Texts.WaitingOnActivation), ("WAITING_FOR_SIGN_IN", Texts.WaitingForSignIn),
            ("SIGNED_IN", Texts.SignedIn), ("OFFBOARDED", Texts.Offboarded),
        ], d => [d.State.ToString()]),
        new("connection", Texts.Connection, "connection", "=",
            [("ONLINE", Texts.Online), ("OFFLINE", Texts.Offline), ("NEVER_SEEN", Texts.NeverSeen)], d => [d.Connection.ToString()]),
        new("attention", Texts.Attention, "attention", ":",
            [.. DeviceAttentions.All.Select(reason => (DeviceAttentions.NameOf(reason), Look.Of(reason).Word))],
            d => d.Attention.Select(reason => reason.ToString())),
        new("trust", Texts.Trust, "trust_level", "=",
        [
            ("CERTIFICATE", Texts.TrustCertificate), ("TOKEN", Texts.TrustToken), ("NETWORK", Texts.TrustNetwork), ("CLAIMED", Texts.TrustClaimed),
        ], d => [d.TrustLevel.ToString()]),
        new("vendor", Texts.Vendor, "vendor", ":", [], d => [d.Vendor]),
        new("model", Texts.Model, "model", ":", [], d => [d.Model]),
        new("firmware", Texts.Firmware, "firmware", ":", [], d => [d.Firmware]),
        new("site", Texts.Site, "site", "=", [], d => [d.Site]),
        new("tag", Texts.Tags, "tags", "=", [], d => d.Tags),
        new("user", Texts.User, "user", ":", [], d => [d.User]),
        new("location", Texts.Location, "location", ":", [], d => [d.Location]),
    ];

    /// <summary>By its word in the address.</summary>
    public static DeviceFilterField Of(string word) => All.First(f => f.Word == word);

    /// <summary>What a value is called.</summary>
    public string LabelOf(string value) => Choices.FirstOrDefault(c => c.Value == value).Label ?? value;

    /// <summary>The condition for the API.</summary>
    public string Term(string value) => $"{Name} {Sign} {Quoted(value)}";

    /// <summary>Whether a phone may match; case and accents are the API's matter.</summary>
    public bool MayMatch(Device device, string value) => Choices.Count > 0
        ? Read(device).Contains(value.Replace("_", "", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase)
        : Read(device).Any(has => Sign == ":" || value.EndsWith('*')
            ? has.StartsWith(value.TrimEnd('*'), StringComparison.OrdinalIgnoreCase)
            : has.Equals(value, StringComparison.OrdinalIgnoreCase));

    /// <summary>A value as a filter takes it, whatever stands in it.</summary>
    public static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
