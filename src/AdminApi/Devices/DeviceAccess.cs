using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>Reads devices for calls, and shows what a command left behind.</summary>
internal sealed class DeviceAccess(IGrainFactory grains, IInventoryReader inventory, TimeProvider time)
{
    /// <summary>The grain of a device.</summary>
    public IDeviceGrain Grain(string mac) => grains.GetGrain<IDeviceGrain>(mac);

    /// <summary>The device as the tenant may see it.</summary>
    public async Task<Device> GetAsync(string tenant, string mac, CancellationToken cancellation) =>
        await FindAsync(tenant, mac, cancellation) ?? throw NotFound(tenant, mac);

    /// <summary>The same; null when the tenant has no such device.</summary>
    public async Task<Device?> FindAsync(string tenant, string mac, CancellationToken cancellation) =>
        await Grain(mac).Get(tenant) is { } view ? await ShowAsync(view, cancellation) : null;

    /// <summary>The device as a command left it.</summary>
    public Task<Device> AfterAsync(CommandOutcome outcome, string tenant, string mac, CancellationToken cancellation) =>
        outcome.Device is { } view ? ShowAsync(view, cancellation) : GetAsync(tenant, mac, cancellation);

    /// <summary>There is no such device for this tenant.</summary>
    public static Grpc.Core.RpcException NotFound(string tenant, string mac) => AdminErrors.NotFound(
        DeviceMessages.NameOf(tenant, mac), "DEVICE_NOT_FOUND",
            $"Claim it first: POST /v1/tenants/{tenant}/devices with {{\"mac\":\"{mac.Replace('-', ':')}\"}}.");

    private async Task<Device> ShowAsync(DeviceView view, CancellationToken cancellation) =>
        DeviceMessages.FromView(view, await inventory.FindDeviceAsync(view.Tenant, view.Mac, cancellation), time.GetUtcNow());
}
