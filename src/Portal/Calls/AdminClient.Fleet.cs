using Grpc.Core;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <content>What is asked about many phones.</content>
internal sealed partial class AdminClient
{
    /// <summary>What the API takes and gives at one time.</summary>
    public const int MaxAtOnce = 1000;

    /// <summary>Opens a watch of what changes from now on, or since a resume token.</summary>
    /// <exception cref="AdminFailure">The session has ended.</exception>
    public async Task<Func<string, CancellationToken, AsyncServerStreamingCall<WatchDevicesResponse>>> WatchAsync()
    {
        var headers = await HeadersAsync();
        return (token, cancellation) => Devices.WatchDevices(
            new WatchDevicesRequest { Parent = Tenant, ResumeToken = token, ChangesOnly = true }, new CallOptions(headers, cancellationToken: cancellation));
    }

    /// <summary>One page of phones.</summary>
    public Task<ListDevicesResponse> PageAsync(DeviceQuery query, int size, string token, CancellationToken cancellation)
    {
        var request = new ListDevicesRequest { Parent = Tenant, PageSize = size, PageToken = token, Filter = query.Filter, OrderBy = query.OrderBy };
        return CallAsync(call => Devices.ListDevicesAsync(request, call), cancellation);
    }

    /// <summary>All phones that match, in pages, as far as a limit.</summary>
    public async IAsyncEnumerable<Device> AllAsync(
        DeviceQuery query, int limit, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var token = "";
        do
        {
            var page = await PageAsync(query, Math.Min(limit, MaxAtOnce), token, cancellation);
            foreach (var device in page.Devices.Take(limit))
            {
                yield return device;
            }

            limit -= page.Devices.Count;
            token = page.NextPageToken;
        }
        while (token.Length > 0 && limit > 0);
    }

    /// <summary>How many phones need a person.</summary>
    public Task<long> NeedingAttentionAsync(CancellationToken cancellation) => CountNowAsync(DeviceQuery.AttentionFilter, cancellation);

    /// <summary>Says that somebody has seen to what needed attention: to one reason, or to all that a person can judge.</summary>
    public Task<Device> ResolveAsync(string name, CancellationToken cancellation, params ReadOnlySpan<Device.Types.AttentionReason> reasons)
    {
        var request = new ResolveAttentionRequest { Name = name, Reasons = { reasons.ToArray() }, RequestId = NewRequestId() };
        return CallAsync(call => Devices.ResolveAttentionAsync(request, call), cancellation);
    }

    /// <summary>The tags there are, commonest first.</summary>
    public async Task<IReadOnlyList<string>> TagsAsync(CancellationToken cancellation)
    {
        var answer = await CallAsync(call => Devices.ListDeviceTagsAsync(new ListDeviceTagsRequest { Parent = Tenant }, call), cancellation);
        return [.. answer.DeviceTags.Select(tag => tag.Tag)];
    }

    /// <summary>Puts tags on a phone and takes tags off it.</summary>
    public Task<Device> ModifyTagsAsync(string name, IEnumerable<string> add, IEnumerable<string> remove, CancellationToken cancellation)
    {
        var request = new ModifyDeviceTagsRequest { Name = name, AddTags = { add }, RemoveTags = { remove }, RequestId = NewRequestId() };
        return CallAsync(call => Devices.ModifyDeviceTagsAsync(request, call), cancellation);
    }

    /// <summary>The places that phones can stand at: their ids and names.</summary>
    public async Task<IReadOnlyList<(string Id, string Name)>> SiteChoicesAsync(CancellationToken cancellation) =>
        [.. (await AllSitesAsync(cancellation)).Select(s => (s.SiteId, s.DisplayName.Length > 0 ? s.DisplayName : s.SiteId))];

    /// <summary>Claims every phone of a table.</summary>
    public Task<Operation> ImportAsync(string csv, CancellationToken cancellation)
    {
        var request = new ImportDevicesRequest { Parent = Tenant, Csv = csv, RequestId = NewRequestId() };
        return CallAsync(call => Devices.ImportDevicesAsync(request, call), cancellation);
    }

    /// <summary>An operation as it is now.</summary>
    public Task<Operation> OperationAsync(string name, CancellationToken cancellation) =>
        CallAsync(call => Operations.GetOperationAsync(new GetOperationRequest { Name = name }, call), cancellation);
}
