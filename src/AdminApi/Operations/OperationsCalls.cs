using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>The calls about operations.</summary>
internal sealed class OperationsCalls(
    OperationAccess operations, TenantAccess tenants, IInventoryReader inventory, IGrainFactory grains, AdminApiOptions options,
        TimeProvider time)
    : Operations.OperationsBase
{
    /// <inheritdoc/>
    public override async Task<ListOperationsResponse> ListOperations(ListOperationsRequest request, ServerCallContext context)
    {
        var tenant = ResourceNames.Tenant(request.Parent);
        var size = PageTokens.Size(request.PageSize);
        var key = PageTokens.Unwrap(request.PageToken, request.Parent);
        await tenants.EnsureThereAsync(tenant);
        var page = await PageTokens.ReadAsync(() => inventory.ListOperationsAsync(tenant, size, key, context.CancellationToken));
        var response = new ListOperationsResponse { NextPageToken = PageTokens.Wrap(page.NextKey, request.Parent) };
        response.Operations.AddRange(page.Items.Select(row => OperationMessages.Listed(row, request.View)));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<Operation> GetOperation(GetOperationRequest request, ServerCallContext context)
    {
        var (tenant, id) = ResourceNames.Operation(request.Name);
        return await operations.GetAsync(tenant, id, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<Operation> WaitOperation(WaitOperationRequest request, ServerCallContext context)
    {
        var (tenant, id) = ResourceNames.Operation(request.Name);
        var wait = WaitOf(request);
        var started = time.GetTimestamp();
        var operation = await operations.GetAsync(tenant, id, context.CancellationToken);
        while (!operation.Done && time.GetElapsedTime(started) < wait)
        {
            await Task.Delay(options.PollInterval, time, context.CancellationToken);
            operation = await operations.GetAsync(tenant, id, context.CancellationToken);
        }

        return operation;
    }

    /// <inheritdoc/>
    public override async Task<Operation> CancelOperation(CancelOperationRequest request, ServerCallContext context)
    {
        var (tenant, id) = ResourceNames.Operation(request.Name);
        var row = await operations.FindAsync(tenant, id, context.CancellationToken);
        var command = context.Command(tenant, request.RequestId);
        var outcome = row.Owner.Split('/', 2) is ["device", var mac]
            ? await grains.GetGrain<IDeviceGrain>(mac).CancelOperation(command, id)
            : await grains.GetGrain<IOperationGrain>(id).Cancel(command);
        outcome.ThrowUnlessDone(request.Name);
        return await operations.GetAsync(tenant, id, context.CancellationToken);
    }

    private static TimeSpan WaitOf(WaitOperationRequest request)
    {
        if (request.Timeout is not { } asked)
        {
            return AdminApiLimits.DefaultOperationWait;
        }

        if (asked.Seconds < 0 || asked.Nanos < 0)
        {
            throw AdminErrors.Invalid("timeout", "cannot be negative");
        }

        return asked.Seconds >= AdminApiLimits.MaxOperationWait.TotalSeconds ? AdminApiLimits.MaxOperationWait : asked.ToTimeSpan();
    }
}
