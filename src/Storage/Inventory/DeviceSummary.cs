using System.Collections.Immutable;

namespace SipGateway.Storage;

/// <summary>How many devices have which value.</summary>
/// <param name="Total">All that were counted.</param>
/// <param name="Groups">One for each field asked for, in that order.</param>
public sealed record DeviceSummary(long Total, ImmutableArray<DeviceGroup> Groups);

/// <summary>The values of one field.</summary>
/// <param name="Field">The field.</param>
/// <param name="Counts">The commonest values, commonest first; none that no device has.</param>
/// <param name="OtherCount">Devices whose value is not among them.</param>
public sealed record DeviceGroup(DeviceField Field, ImmutableArray<DeviceCount> Counts, long OtherCount);

/// <summary>How many devices have a value.</summary>
/// <param name="Value">The value as it is filtered by; empty where the field is.</param>
/// <param name="Devices">How many.</param>
public sealed record DeviceCount(string Value, long Devices);
