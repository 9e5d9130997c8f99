using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;

namespace SipGateway.AdminApi;

/// <summary>What phones sent.</summary>
internal sealed partial class DevicesCalls
{
    /// <inheritdoc/>
    public override async Task<ListDeviceFilesResponse> ListDeviceFiles(ListDeviceFilesRequest request, ServerCallContext context)
    {
        var (tenant, mac) = ResourceNames.Device(request.Parent, "parent");
        var files = await devices.Grain(mac).ListFiles(tenant);

        // A device that is only claimed has none to show.
        if (files is null && await devices.Grain(mac).Get(tenant) is null) throw DeviceAccess.NotFound(tenant, mac);
        return new ListDeviceFilesResponse { Files = { (files ?? []).Select(file => FromFile(tenant, mac, file)) } };
    }

    /// <inheritdoc/>
    public override async Task<DeviceFile> GetDeviceFile(GetDeviceFileRequest request, ServerCallContext context)
    {
        var (tenant, mac, name) = ResourceNames.File(request.Name);
        return await devices.Grain(mac).GetFile(tenant, name) is { } file
            ? FromFile(tenant, mac, file)
            : throw AdminErrors.NotFound(request.Name, "FILE_NOT_FOUND", "List the device's files: it keeps the last eight, for the user who is signed in.");
    }

    private static DeviceFile FromFile(string tenant, string mac, PhoneFile file) => new()
    {
        Name = $"{DeviceMessages.NameOf(tenant, mac)}/files/{file.Name}",
        CreateTime = Timestamp.FromDateTimeOffset(file.AtUtc),
        SizeBytes = file.Length,
        Content = ByteString.CopyFrom(file.Content.AsSpan()),
    };
}
