using Orleans.Concurrency;

namespace SipGateway.Grains.Interfaces;

/// <summary>A device in service fetched its file: the line is part of it.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.line.join")]
public sealed record JoinLineCommand
{
    /// <summary>The tenant that holds the device.</summary>
    [Id(0)] public required string Tenant { get; init; }

    /// <summary>How sure we are of the device.</summary>
    [Id(1)] public required TrustLevel Trust { get; init; }

    /// <summary>What the device is.</summary>
    [Id(2)] public required PhoneIdentity Phone { get; init; }

    /// <summary>The peer: address and port.</summary>
    [Id(3)] public required string Source { get; init; }

    /// <summary>The fetch proves a boot (<see cref="ConfigFiles.IsBoot"/>).</summary>
    [Id(4)] public required bool IsBoot { get; init; }
}

/// <summary>What a device's file says of one of its other lines.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.line.config")]
public sealed record LineConfig
{
    /// <summary>2 to <see cref="LineKey.MaxLine"/>.</summary>
    [Id(0)] public required int Number { get; init; }

    /// <summary>SIP user name and digest user name.</summary>
    [Id(1)] public required string SipUser { get; init; }

    /// <summary>SIP password. A secret.</summary>
    [Id(2)] public required string SipPassword { get; init; }

    /// <summary>A user is signed in.</summary>
    [Id(3)] public required bool IsSignedIn { get; init; }

    /// <summary>The user's name; empty when nobody is signed in.</summary>
    [Id(4)] public string DisplayName { get; init; } = "";

    /// <summary>The user's number; empty for none.</summary>
    [Id(5)] public string PhoneNumber { get; init; } = "";

    /// <summary>Names no secret.</summary>
    public override string ToString() => $"LineConfig {Number}";
}

public partial interface IDeviceGrain
{
    /// <summary>Asked by the device's own grain of each claimed line: its account, made when there is none yet.</summary>
    [Alias("joinLine")]
    Task<LineConfig> JoinLine(JoinLineCommand command);

    /// <summary>
    /// A line of this device was claimed or deleted: the phone is told to fetch, when this tenant holds it. Nobody waits for it: the device waits
    /// for its lines.
    /// </summary>
    [OneWay, Alias("lineChanged")]
    Task LineChanged(string tenant);
}
