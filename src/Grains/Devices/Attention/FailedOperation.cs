namespace SipGateway.Grains.Devices;

/// <summary>The last restart or resync that did not succeed.</summary>
internal sealed record FailedOperation
{
    public required string Id { get; init; }

    public required DeviceOperationKind Kind { get; init; }

    public required DateTimeOffset AtUtc { get; init; }
}
