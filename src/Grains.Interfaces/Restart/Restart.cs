namespace SipGateway.Grains.Interfaces;

/// <summary>What a phone is asked to do by NOTIFY.</summary>
[GenerateSerializer, Alias("sipgw.restart.kind")]
public enum NotifyKind
{
    /// <summary>Fetch the configuration again.</summary>
    Resync,

    /// <summary>Boot.</summary>
    Restart,
}

/// <summary>One NOTIFY to one contact over its own flow.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.restart.order")]
public sealed record NotifyOrder
{
    /// <summary>Unique; the report names it.</summary>
    [Id(0)] public required string OrderId { get; init; }

    /// <summary>The device that waits for the report.</summary>
    [Id(1)] public required string Mac { get; init; }

    /// <summary>What for.</summary>
    [Id(2)] public required NotifyKind Kind { get; init; }

    /// <summary>Whose dialect: the vendor folder's name.</summary>
    [Id(3)] public required string Vendor { get; init; }

    /// <summary>The Contact URI exactly as registered.</summary>
    [Id(4)] public required string ContactUri { get; init; }

    /// <summary>The flow.</summary>
    [Id(5)] public required FlowFacts Flow { get; init; }

    /// <summary>The line's SIP user name: the To of the NOTIFY, and the digest user when the phone challenges.</summary>
    [Id(6)] public required string SipUser { get; init; }

    /// <summary>The line's password, for phones that challenge. A secret.</summary>
    [Id(7)] public string SipPassword { get; init; } = "";

    /// <summary>The proxies between (RFC 3327), top first, as a Route; empty for none.</summary>
    [Id(8)] public string Path { get; init; } = "";

    /// <summary>No secret.</summary>
    public override string ToString() => $"NotifyOrder {OrderId} {Kind} {Mac}";
}

/// <summary>What the phone answered.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.restart.report")]
public sealed record NotifyReport
{
    /// <summary>Which order.</summary>
    [Id(0)] public required string OrderId { get; init; }

    /// <summary>The final SIP status; 0: no answer, or the flow is gone.</summary>
    [Id(1)] public required int StatusCode { get; init; }

    /// <summary>For a person: <c>no answer within 32 s</c>, <c>flow closed</c>; empty with a status.</summary>
    [Id(2)] public string Message { get; init; } = "";
}

public partial interface IDeviceGrain
{
    /// <summary>Asks for a restart; the operation is <c>SUCCEEDED</c> only when the new boot was proved.</summary>
    [Alias("restart")]
    Task<CommandOutcome> Restart(AdminContext context);

    /// <summary>From the edge: what became of a NOTIFY.</summary>
    [CalledByEdges, Alias("reportNotify")]
    Task ReportNotify(NotifyReport report);
}
