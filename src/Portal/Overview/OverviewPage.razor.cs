using System.Globalization;

namespace SipGateway.Portal;

/// <summary>The fleet at a glance.</summary>
public sealed partial class OverviewPage
{
    private static readonly (int Days, Func<string> Label)[] Ages = [(1, () => Texts.LastDay), (7, () => Texts.LastWeek), (30, () => Texts.LastMonth)];

    private Fleet? _fleet;
    private IReadOnlyList<BarRow> _claimed = [];

    /// <summary>Counting a large fleet takes the database a moment.</summary>
    protected override TimeSpan Every => TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancellation)
    {
        var summary = await Admin.SummaryAsync("", Fleet.MostValues, cancellation, "state", "connection", "model", "firmware", "site");
        var claimed = new List<BarRow>();
        foreach (var (days, label) in Ages)
        {
            // To the minute, so that all who look at the same time ask the same, and the API counts once.
            var since = Time.GetUtcNow().AddDays(-days).ToString("yyyy-MM-dd'T'HH:mm':00Z'", CultureInfo.InvariantCulture);
            var filter = $"create_time > {Areas.Quoted(since)}";
            var count = (await Admin.SummaryAsync(filter, 1, cancellation, "state")).DeviceCount;
            claimed.Add(new BarRow(label(), Areas.DevicesWhere(filter), count));
        }

        (_fleet, _claimed) = (Fleet.Of(summary), claimed);
    }
}
