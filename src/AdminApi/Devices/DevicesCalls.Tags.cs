using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;

namespace SipGateway.AdminApi;

/// <summary>The tenant's own words for its devices.</summary>
internal sealed partial class DevicesCalls
{
    /// <inheritdoc/>
    public override async Task<Device> ModifyDeviceTags(ModifyDeviceTagsRequest request, ServerCallContext context)
    {
        var (tenant, mac) = ResourceNames.Device(request.Name);
        if (request.AddTags.Count + request.RemoveTags.Count == 0) throw AdminErrors.Invalid("add_tags", "names no tag, and remove_tags names none");
        var outcome = await devices.Grain(mac).Update(new UpdateDeviceCommand
        {
            Context = context.Command(tenant, request.RequestId, request.ValidateOnly, request.Etag),
            AddTags = DeviceTags.Of(request.AddTags, "add_tags"),
            RemoveTags = DeviceTags.Of(request.RemoveTags, "remove_tags"),
        });
        outcome.ThrowUnlessDone(DeviceMessages.NameOf(tenant, mac), "add_tags");
        return await devices.AfterAsync(outcome, tenant, mac, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<ListDeviceTagsResponse> ListDeviceTags(ListDeviceTagsRequest request, ServerCallContext context)
    {
        var tenant = ResourceNames.Tenant(request.Parent);
        await tenants.EnsureThereAsync(tenant);
        var tags = await inventory.ListTagsAsync(tenant, context.CancellationToken);
        var response = new ListDeviceTagsResponse();
        response.DeviceTags.AddRange(tags.Select(tag => new ListDeviceTagsResponse.Types.DeviceTag { Tag = tag.Value, DeviceCount = tag.Devices }));
        return response;
    }
}
