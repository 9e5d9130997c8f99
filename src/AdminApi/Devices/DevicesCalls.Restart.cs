using Grpc.Core;
using SipGateway.Admin.V1;

namespace SipGateway.AdminApi;

/// <summary>Restart, resync, delete: what goes on after the reply.</summary>
internal sealed partial class DevicesCalls
{
    /// <inheritdoc/>
    public override async Task<Operation> RestartDevice(RestartDeviceRequest request, ServerCallContext context)
    {
        var (tenant, mac) = ResourceNames.Device(request.Name);
        var command = context.Command(tenant, request.RequestId, request.ValidateOnly, request.Etag);
        var outcome = await devices.Grain(mac).Restart(command);
        return await operations.AfterAsync(outcome, DeviceMessages.NameOf(tenant, mac), command, "restart", context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<Operation> ResyncDevice(ResyncDeviceRequest request, ServerCallContext context)
    {
        var (tenant, mac) = ResourceNames.Device(request.Name);
        var command = context.Command(tenant, request.RequestId, request.ValidateOnly, request.Etag);
        var outcome = await devices.Grain(mac).Resync(command);
        return await operations.AfterAsync(outcome, DeviceMessages.NameOf(tenant, mac), command, "resync", context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<Operation> DeleteDevice(DeleteDeviceRequest request, ServerCallContext context)
    {
        var (tenant, mac) = ResourceNames.Device(request.Name);
        var command = context.Command(tenant, request.RequestId, request.ValidateOnly, request.Etag);
        var outcome = await devices.Grain(mac).Delete(command);
        return await operations.AfterAsync(outcome, DeviceMessages.NameOf(tenant, mac), command, "delete", context.CancellationToken);
    }
}
