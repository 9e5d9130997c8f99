using Google.Protobuf.WellKnownTypes;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <content>What the pages beside the phones ask for.</content>
internal sealed partial class AdminClient
{
    /// <summary>The places.</summary>
    public Sites.SitesClient Sites => new(channel.Invoker);

    /// <summary>What phones are told.</summary>
    public Policies.PoliciesClient Policies => new(channel.Invoker);

    /// <summary>Who did what.</summary>
    public Audit.AuditClient Audit => new(channel.Invoker);

    /// <summary>The machines.</summary>
    public Cluster.ClusterClient Cluster => new(channel.Invoker);

    /// <summary>The resource name of anything of the tenant.</summary>
    public string NameIn(string collection, string id) => $"{Tenant}/{collection}/{id}";

    /// <summary>Every site, by id.</summary>
    public async Task<IReadOnlyList<Site>> AllSitesAsync(CancellationToken cancellation)
    {
        var request = new ListSitesRequest { Parent = Tenant, PageSize = MaxAtOnce };
        return (await CallAsync(call => Sites.ListSitesAsync(request, call), cancellation)).Sites;
    }

    /// <summary>Every policy, by id.</summary>
    public async Task<IReadOnlyList<Policy>> AllPoliciesAsync(CancellationToken cancellation)
    {
        var request = new ListPoliciesRequest { Parent = Tenant, PageSize = MaxAtOnce };
        return (await CallAsync(call => Policies.ListPoliciesAsync(request, call), cancellation)).Policies;
    }

    /// <summary>How many phones there are, and of what; as the API counted it a moment ago, for all who look.</summary>
    public Task<SummarizeDevicesResponse> SummaryAsync(string filter, int values, CancellationToken cancellation, params ReadOnlySpan<string> fields)
    {
        var request = new SummarizeDevicesRequest { Parent = Tenant, Filter = filter, ValueLimit = values, Fields = { fields.ToArray() } };
        return CallAsync(call => Devices.SummarizeDevicesAsync(request, call), cancellation);
    }

    /// <summary>How the fleet was, oldest first.</summary>
    public async Task<IReadOnlyList<ListFleetSamplesResponse.Types.FleetSample>> HistoryAsync(
        DateTimeOffset from, TimeSpan step, CancellationToken cancellation)
    {
        var request = new ListFleetSamplesRequest { Parent = Tenant, StartTime = Timestamp.FromDateTimeOffset(from), Step = Duration.FromTimeSpan(step) };
        return (await CallAsync(call => Devices.ListFleetSamplesAsync(request, call), cancellation)).FleetSamples;
    }

    // Counted for this very call: somebody decides by it. Where no state is left out their sum is the total, and it is counted once.
    private async Task<long> CountNowAsync(string filter, CancellationToken cancellation)
    {
        var states = System.Enum.GetValues<Device.Types.State>().Length;
        var request = new SummarizeDevicesRequest { Parent = Tenant, Filter = filter, ValueLimit = states, Fields = { "state" }, MaxAge = new Duration() };
        return (await CallAsync(call => Devices.SummarizeDevicesAsync(request, call), cancellation)).DeviceCount;
    }

    /// <summary>How many phones a filter leaves, and the first of them.</summary>
    public async Task<Reach> ReachAsync(string label, string filter, CancellationToken cancellation)
    {
        var count = await CountNowAsync(filter, cancellation);
        var request = new ListDevicesRequest { Parent = Tenant, PageSize = Reach.MostShown, Filter = filter };
        var first = await CallAsync(call => Devices.ListDevicesAsync(request, call), cancellation);
        var path = filter.Length == 0 ? PortalPaths.Devices : Areas.DevicesWhere(filter);
        return new Reach(label, path, count, [.. first.Devices.Select(Reach.Named)]);
    }
}

/// <summary>Phones that something will touch.</summary>
/// <param name="Label">By what they come to it.</param>
/// <param name="Path">All of them.</param>
/// <param name="Count">How many.</param>
/// <param name="First">The first few: address and name.</param>
internal sealed record Reach(string Label, string Path, long Count, IReadOnlyList<(string Path, string Name)> First)
{
    public const int MostShown = 5;

    /// <summary>One of them.</summary>
    public static (string Path, string Name) Named(Device device)
    {
        var name = Readable.NameOf(device);
        var more = string.Join(" · ", new[] { Readable.UserOf(device), device.Location }.Where(text => text.Length > 0));
        return (PortalPaths.Device(AdminClient.TailOf(device)), more.Length > 0 ? $"{name} · {more}" : name);
    }
}
