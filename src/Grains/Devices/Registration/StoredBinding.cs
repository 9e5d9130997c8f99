using SipGateway.Storage;

namespace SipGateway.Grains.Devices;

/// <summary>A binding as its row keeps it.</summary>
internal sealed class StoredBinding : StoredState
{
    /// <inheritdoc/>
    public override int SchemaVersion => 1;

    public required DeviceBinding Binding { get; init; }

    /// <summary>What its credential had used when it was written; null: nothing.</summary>
    public CredentialUse? Use { get; init; }
}
