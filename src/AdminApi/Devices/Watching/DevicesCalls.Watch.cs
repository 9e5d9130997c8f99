using System.Globalization;
using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>Devices as they change.</summary>
internal sealed partial class DevicesCalls
{
    /// <inheritdoc/>
    public override async Task WatchDevices(
        WatchDevicesRequest request, IServerStreamWriter<WatchDevicesResponse> responseStream, ServerCallContext context)
    {
        var tenant = ResourceNames.Tenant(request.Parent);
        var cancellation = context.CancellationToken;
        await tenants.EnsureThereAsync(tenant);
        using var watch = await changes.BeginAsync(tenant, cancellation);
        var known = new HashSet<string>(StringComparer.Ordinal);
        if (request.ResumeToken.Length > 0) await CatchUpAsync(request, watch, known, responseStream, cancellation);
        else if (!request.ChangesOnly) await SendAllAsync(tenant, known, responseStream, cancellation);
        await responseStream.WriteAsync(new WatchDevicesResponse { Synced = true, ResumeToken = ResumeToken(request.Parent, watch.Start) }, cancellation);
        await foreach (var news in watch.ReadAsync(cancellation))
        {
            await SendAsync(tenant, await news.RowsOf(tenant), known, responseStream, cancellation);
            await responseStream.WriteAsync(new WatchDevicesResponse { ResumeToken = ResumeToken(request.Parent, news.Position) }, cancellation);
        }
    }

    private async Task SendAllAsync(
        string tenant, HashSet<string> known, IServerStreamWriter<WatchDevicesResponse> stream, CancellationToken cancellation)
    {
        var query = new DeviceQuery { Tenant = tenant, PageSize = AdminApiLimits.MaxPageSize, NowUtc = time.GetUtcNow() };
        do
        {
            var page = await inventory.ListDevicesAsync(query, cancellation);
            foreach (var row in page.Items) await TellAsync(row, known, stream, cancellation);
            query = query with { PageKey = page.NextKey };
        }
        while (query.PageKey is not null);
    }

    // What happened since, as far as there is not so much of it that all devices are less.
    private async Task CatchUpAsync(
        WatchDevicesRequest request, DeviceWatch watch, HashSet<string> known, IServerStreamWriter<WatchDevicesResponse> stream,
        CancellationToken cancellation)
    {
        var position = PositionOf(request);
        var missed = new List<Change>();
        while (position < watch.Start)
        {
            var some = await feed.ReadAsync(position, AdminApiLimits.MaxChangesAtOnce, cancellation);
            if (some.Count == 0) break;
            missed.AddRange(some);
            position = some[^1].Sequence;
            if (missed.Count > AdminApiLimits.MaxChangesMissed) throw StaleToken("too much has changed since");
        }

        await SendAsync(watch.Tenant, await changes.RowsAsync(watch.Tenant, missed, cancellation), known, stream, cancellation);
    }

    private async Task SendAsync(
        string tenant, IReadOnlyDictionary<string, DeviceRow?> rows, HashSet<string> known, IServerStreamWriter<WatchDevicesResponse> stream,
        CancellationToken cancellation)
    {
        foreach (var (mac, row) in rows)
        {
            if (row is not null) await TellAsync(row, known, stream, cancellation);
            else if (known.Remove(mac) || await WasOfAsync(tenant, mac, cancellation))
                await stream.WriteAsync(new WatchDevicesResponse { Removed = DeviceMessages.NameOf(tenant, mac) }, cancellation);
        }
    }

    private async Task TellAsync(DeviceRow row, HashSet<string> known, IServerStreamWriter<WatchDevicesResponse> stream, CancellationToken cancellation)
    {
        known.Add(row.Mac);
        await stream.WriteAsync(new WatchDevicesResponse { Device = DeviceMessages.FromRow(row, time.GetUtcNow()) }, cancellation);
    }

    // Another tenant's device that changed is none that this one lost.
    private async Task<bool> WasOfAsync(string tenant, string mac, CancellationToken cancellation) =>
        (await events.ListAsync(tenant, mac, 1, null, cancellation)).Items.Length > 0;

    private string ResumeToken(string parent, long position) => PageTokens.Wrap(
        string.Create(CultureInfo.InvariantCulture, $"{position}/{time.GetUtcNow().ToUnixTimeSeconds()}"), parent);

    private long PositionOf(WatchDevicesRequest request)
    {
        var parts = (PageTokens.Unwrap(request.ResumeToken, request.Parent) ?? "").Split('/');
        if (parts.Length != 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            throw AdminErrors.Invalid("resume_token", "is none of this gateway's; watch without one");
        }

        return time.GetUtcNow().ToUnixTimeSeconds() - seconds <= AdminApiLimits.WatchTokenLifetime.TotalSeconds ? position : throw StaleToken("it is too old");
    }

    private static RpcException StaleToken(string why) => AdminErrors.Make(
        StatusCode.OutOfRange, "RESUME_TOKEN_STALE", $"The resume_token cannot be used: {why}. Watch without one; all devices come first.");
}
