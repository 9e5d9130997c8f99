using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>What is stored of a device. Rules work on <see cref="Phone"/>, which never changes in place, so a failed write leaves nothing behind.</summary>
internal sealed class DeviceState : StoredState
{
    /// <inheritdoc/>
    public override int SchemaVersion => 1;

    /// <summary>The device.</summary>
    public Phone Phone { get; set; } = new();
}
