namespace SipGateway.Storage;

/// <summary>One thing that happened to a device.</summary>
public sealed record DeviceEventRow
{
    /// <summary>12 lower-case hex digits; empty for what concerns no known device.</summary>
    public required string Mac { get; init; }

    /// <summary>The tenant that may read it; empty while the device is no tenant's: then its claimants see nothing of it.</summary>
    public required string Tenant { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AtUtc { get; init; }

    /// <summary>What sort, such as <c>registration.bound</c> or <c>enrollment.code_wrong</c>: stage, dot, word.</summary>
    public required string Kind { get; init; }

    /// <summary>One sentence for a person; no secret.</summary>
    public required string Message { get; init; }

    /// <summary>Where it came from: address and port; empty for ourselves.</summary>
    public string Source { get; init; } = "";
}

/// <summary>The timeline's way in: events that no state change carries. Written in batches, a few seconds behind.</summary>
public interface IDeviceEventWriter
{
    /// <summary>Queues one event; dropped and counted when the queue is full, so that no peer can make us wait.</summary>
    void Append(DeviceEventRow row);
}

/// <summary>The timeline's way out.</summary>
public interface IDeviceEventReader
{
    /// <summary>One page, newest first.</summary>
    Task<Page<DeviceEventRow>> ListAsync(string tenant, string mac, int pageSize, string? pageKey, CancellationToken cancellation);
}
