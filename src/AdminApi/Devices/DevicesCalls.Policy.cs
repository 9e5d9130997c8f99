using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;

namespace SipGateway.AdminApi;

/// <summary>What a device is told, and by which layer of policy.</summary>
internal sealed partial class DevicesCalls
{
    private static readonly string[] Changeable = ["location", "site", "policy", "tags"];

    /// <inheritdoc/>
    public override async Task<Device> UpdateDevice(UpdateDeviceRequest request, ServerCallContext context)
    {
        var asked = request.Device ?? new Device();
        var (tenant, mac) = ResourceNames.Device(asked.Name, "device.name");
        var mask = UpdateMask.Of(request.UpdateMask, asked, Changeable);
        CheckText("location", asked.Location, AdminApiLimits.MaxLocationChars);
        var outcome = await devices.Grain(mac).Update(new UpdateDeviceCommand
        {
            Context = context.Command(tenant, request.RequestId, request.ValidateOnly, asked.Etag),
            Location = mask.Has("location") ? asked.Location : null,
            Site = mask.Has("site") ? IdOrNone(asked.Site, "site") : null,
            Policy = mask.Has("policy") ? IdOrNone(asked.Policy, "policy") : null,
            Tags = mask.Has("tags") ? DeviceTags.Of(asked.Tags, "device.tags") : null,
        });
        outcome.ThrowUnlessDone(DeviceMessages.NameOf(tenant, mac), "device");
        return await devices.AfterAsync(outcome, tenant, mac, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<EffectiveConfig> GetEffectiveConfig(GetEffectiveConfigRequest request, ServerCallContext context)
    {
        const string Suffix = "/effectiveConfig";
        var name = request.Name.EndsWith(Suffix, StringComparison.Ordinal) ? request.Name[..^Suffix.Length] : request.Name;
        var (tenant, mac) = ResourceNames.Device(name);
        var values = await devices.Grain(mac).GetEffectiveValues(tenant) ?? throw DeviceAccess.NotFound(tenant, mac);
        var config = new EffectiveConfig { Name = DeviceMessages.NameOf(tenant, mac) + Suffix };
        config.Values.AddRange(values.Select(value => new EffectiveConfig.Types.Value
        {
            Key = value.Key, Value_ = value.Value, Layer = value.Layer.ToString().ToUpperInvariant(), Policy = value.PolicyId,
        }));
        return config;
    }

    private static string IdOrNone(string id, string field) => id.Length == 0 ? "" : ResourceNames.Id(id, field);
}
