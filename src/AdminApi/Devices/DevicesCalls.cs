using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>The calls about devices, one part per stage; this part reads.</summary>
internal sealed partial class DevicesCalls(
    DeviceAccess devices,
    OperationAccess operations,
    TenantAccess tenants,
    IGrainFactory grains,
    IInventoryReader inventory,
    IDeviceEventReader events,
    IFleetHistoryReader history,
    DeviceChanges changes,
    DeviceCounts counts,
    IChangeFeed feed,
    AdminApiOptions options,
    TimeProvider time) : Devices.DevicesBase
{
    /// <inheritdoc/>
    public override async Task<ListDevicesResponse> ListDevices(ListDevicesRequest request, ServerCallContext context)
    {
        var tenant = ResourceNames.Tenant(request.Parent);
        var query = QueryOf(tenant, request);
        await tenants.EnsureThereAsync(tenant);
        var page = await PageTokens.ReadAsync(() => inventory.ListDevicesAsync(query, context.CancellationToken));
        var response = new ListDevicesResponse { NextPageToken = PageTokens.Wrap(page.NextKey, request.Parent, request.Filter,
            request.OrderBy) };
        response.Devices.AddRange(page.Items.Select(row => DeviceMessages.FromRow(row, query.NowUtc)));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<Device> GetDevice(GetDeviceRequest request, ServerCallContext context)
    {
        var (tenant, mac) = ResourceNames.Device(request.Name);
        return await devices.GetAsync(tenant, mac, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<ListDeviceEventsResponse> ListDeviceEvents(ListDeviceEventsRequest request, ServerCallContext context)
    {
        var (tenant, mac) = ResourceNames.Device(request.Parent, "parent");
        var size = PageTokens.Size(request.PageSize);
        var key = PageTokens.Unwrap(request.PageToken, request.Parent);
        _ = await devices.Grain(mac).Get(tenant) ?? throw DeviceAccess.NotFound(tenant, mac);
        var page = await PageTokens.ReadAsync(() => events.ListAsync(tenant, mac, size, key, context.CancellationToken));
        var response = new ListDeviceEventsResponse { NextPageToken = PageTokens.Wrap(page.NextKey, request.Parent) };
        response.Events.AddRange(page.Items.Select(e => new DeviceEvent
        {
            CreateTime = Timestamp.FromDateTimeOffset(e.AtUtc),
            Kind = e.Kind,
            Message = e.Message,
            Source = e.Source,
        }));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<ExplainDeviceResponse> ExplainDevice(ExplainDeviceRequest request, ServerCallContext context)
    {
        var (tenant, mac) = ResourceNames.Device(request.Name);
        var findings = await devices.Grain(mac).Explain(tenant);
        if (findings.IsDefaultOrEmpty)
        {
            throw DeviceAccess.NotFound(tenant, mac);
        }

        var response = new ExplainDeviceResponse();
        response.Findings.AddRange(findings.Select(f => new ExplainDeviceResponse.Types.Finding
        {
            Stage = f.Stage,
            Status = f.Status,
            Message = f.Message,
            NextStep = f.NextStep,
        }));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<ListLinesResponse> ListLines(ListLinesRequest request, ServerCallContext context)
    {
        var (tenant, mac) = ResourceNames.Device(request.Parent, "parent");
        var others = await inventory.FindLinesAsync(tenant, mac, context.CancellationToken);

        // Lines can be claimed before, and without, the device.
        var first = await devices.FindAsync(tenant, mac, context.CancellationToken);
        if (first is null && others.Count == 0) throw DeviceAccess.NotFound(tenant, mac);
        var response = new ListLinesResponse();
        if (first is not null) response.Lines.Add(DeviceMessages.LineOf(first));
        response.Lines.AddRange(others.Select(row => DeviceMessages.LineOf(DeviceMessages.FromRow(row, time.GetUtcNow()), LineKey.LineOf(row.Mac))));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<Line> GetLine(GetLineRequest request, ServerCallContext context)
    {
        var (tenant, mac, number) = ResourceNames.Line(request.Name);
        return DeviceMessages.LineOf(await devices.GetAsync(tenant, LineKey.Of(mac, number), context.CancellationToken), number);
    }

    private static DeviceFilter FilterOf(string text)
    {
        var (filter, wrong) = DeviceFilterParser.Parse(text);
        return filter ?? throw AdminErrors.Invalid("filter", $"at position {wrong!.Position}: {wrong.Message}", "INVALID_FILTER");
    }

    private DeviceQuery QueryOf(string tenant, ListDevicesRequest request)
    {
        var filter = FilterOf(request.Filter);
        var (order, descending, error) = DeviceOrder.Parse(request.OrderBy);
        return error is not null
            ? throw AdminErrors.Invalid("order_by", error, "INVALID_ORDER_BY")
            : new DeviceQuery
            {
                Tenant = tenant,
                Filter = filter.Terms,
                Search = filter.Search is { } word ? DeviceFilterFields.MacStart(word) : null,
                OrderBy = order,
                Descending = descending,
                PageSize = PageTokens.Size(request.PageSize),
                PageKey = PageTokens.Unwrap(request.PageToken, request.Parent, request.Filter, request.OrderBy),
                NowUtc = time.GetUtcNow(),
            };
    }
}
