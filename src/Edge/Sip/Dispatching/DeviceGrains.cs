using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>Ways to devices' grains. Orleans reads the interface's attributes by reflection each time it is asked for a grain by its interface alone.</summary>
internal sealed class DeviceGrains(IGrainFactory grains)
{
    private DeviceReference? reference;

    /// <summary>A device's grain, or that of one of its lines.</summary>
    /// <param name="key">See <see cref="LineKey"/>.</param>
    public IDeviceGrain Of(string key)
    {
        if (reference is { } known) return (IDeviceGrain)grains.GetGrain(GrainId.Create(known.Type, key), known.Interface);
        var device = grains.GetGrain<IDeviceGrain>(key);
        if (device is GrainReference first) reference = new DeviceReference(first.GrainId.Type, first.InterfaceType);
        return device;
    }

    private sealed record DeviceReference(GrainType Type, GrainInterfaceType Interface);
}
