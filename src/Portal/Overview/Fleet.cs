using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>The counts of the fleet as they are drawn.</summary>
internal sealed record Fleet(
    long Total, IReadOnlyList<BarRow> States, IReadOnlyList<BarRow> Connections, IReadOnlyList<BarRow> Models, IReadOnlyList<BarRow> Firmware,
    IReadOnlyList<BarRow> Sites)
{
    /// <summary>Bars of one chart; the rest is one bar.</summary>
    public const int MostValues = 8;

    private static readonly Device.Types.State[] StatesInOrder =
    [
        Device.Types.State.SignedIn, Device.Types.State.WaitingForSignIn, Device.Types.State.WaitingOnActivation, Device.Types.State.Onboarded,
        Device.Types.State.Offboarded,
    ];

    private static readonly Device.Types.Connection[] ConnectionsInOrder =
        [Device.Types.Connection.Online, Device.Types.Connection.Offline, Device.Types.Connection.NeverSeen];

    /// <summary>From the API's answer.</summary>
    public static Fleet Of(SummarizeDevicesResponse summary) => new(
        summary.DeviceCount,
        [.. StatesInOrder.Select(state => RowOf(summary, "state", WordOf(state), Look.Of(state)))],
        [.. ConnectionsInOrder.Select(connection => RowOf(summary, "connection", WordOf(connection), Look.Of(connection)))],
        Bars(summary, "model", Texts.ModelUnknown),
        Bars(summary, "firmware", Texts.FirmwareUnknown),
        Bars(summary, "site", Texts.NoSite));

    private static BarRow RowOf(SummarizeDevicesResponse summary, string field, string word, Look look)
    {
        var count = Group(summary, field)?.Counts.FirstOrDefault(counted => counted.Value == word)?.DeviceCount ?? 0;
        // Two that wait are told apart by more than a colour: each has its own shade.
        return new BarRow(look.Word, Areas.DevicesWhere($"{field} = {word}"), count, word == "WAITING_ON_ACTIVATION" ? "wait pale" : look.Tone);
    }

    private static IReadOnlyList<BarRow> Bars(SummarizeDevicesResponse summary, string field, string none)
    {
        var group = Group(summary, field);
        var rows = group?.Counts.Select(counted => new BarRow(
            counted.Value.Length > 0 ? counted.Value : none, Areas.DevicesWhere($"{field} = {Areas.Quoted(counted.Value)}"), counted.DeviceCount,
            counted.Value.Length > 0 ? "" : "dull")).ToList() ?? [];
        if (group?.OtherCount > 0)
        {
            rows.Add(new BarRow(Texts.Others, null, group.OtherCount, "dull"));
        }

        return rows;
    }

    private static SummarizeDevicesResponse.Types.Group? Group(SummarizeDevicesResponse summary, string field) =>
        summary.Groups.FirstOrDefault(group => group.Field == field);

    // WaitingForSignIn is WAITING_FOR_SIGN_IN to the API.
    internal static string WordOf<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? $"_{c}" : char.ToUpperInvariant(c).ToString()));
}
