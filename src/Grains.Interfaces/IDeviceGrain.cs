namespace SipGateway.Grains.Interfaces;

/// <summary>
/// One phone, from its first bootstrap to its deletion. Key: 12 lower-case hex digits. Each stage's part of the contract stands in its folder.
/// Every method writes before it replies, and none waits for a phone.
/// </summary>
[Alias("sipgw.device")]
public partial interface IDeviceGrain : IGrainWithStringKey
{
    /// <summary>The device as this tenant may see it; null when the tenant neither claims nor holds it.</summary>
    [Alias("get")]
    Task<DeviceView?> Get(string tenant);

    /// <summary>Forgets the device for this tenant: claim, seat, user. Durable at reply; a phone in service is told to start anew.</summary>
    [Alias("delete")]
    Task<CommandOutcome> Delete(AdminContext context);

    /// <summary>Where the device is stuck and what to do, stage by stage; empty when the tenant does not know it.</summary>
    [Alias("explain")]
    Task<System.Collections.Immutable.ImmutableArray<Finding>> Explain(string tenant);

    /// <summary>Does what is due (expiry, off-boarding, lost pushes, deadlines) and moves the due time; harmless at any time.</summary>
    [Alias("rundue")]
    Task RunDue();

    /// <summary>Gives up an operation that this device owns.</summary>
    [Alias("cancelOperation")]
    Task<CommandOutcome> CancelOperation(AdminContext context, string operationId);
}

/// <summary>One line of a diagnosis.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.device.finding")]
public sealed record Finding
{
    /// <summary>The stage's name, such as <c>Enrollment</c>.</summary>
    [Id(0)] public required string Stage { get; init; }

    /// <summary><c>OK</c>, <c>WAITING</c> or <c>PROBLEM</c>.</summary>
    [Id(1)] public required string Status { get; init; }

    /// <summary>What is the case.</summary>
    [Id(2)] public required string Message { get; init; }

    /// <summary>What to do next; empty when nothing.</summary>
    [Id(3)] public string NextStep { get; init; } = "";
}
