namespace SipGateway.Grains;

/// <summary>Bounds of bulk operations.</summary>
internal static class OperationLimits
{
    /// <summary>Default: 10,000 items. All of them are one state, about a megabyte.</summary>
    public const int MaxItems = 10_000;

    /// <summary>Default: 200 items a call, so that a crash repeats few and the state is written seldom.</summary>
    public const int MaxItemsPerSlice = 200;

    /// <summary>Default: 16 devices asked side by side.</summary>
    public const int MaxConcurrentDevices = 16;

    /// <summary>Default: 100 phones that boot or fetch at one time; a wave that a small site's power and uplink bear.</summary>
    public const int MaxRunningItems = 100;

    /// <summary>Default: 30 calls that did not reach the device, a minute at least, then the item has failed.</summary>
    public const int MaxMisses = 30;

    /// <summary>Default: 200 characters of a location, as for a single claim.</summary>
    public const int MaxDetailLength = 200;

    /// <summary>Default: 1.5 seconds a slice, well under the call time-out of 4, so that a cancel gets its turn.</summary>
    public static readonly TimeSpan MaxSliceTime = TimeSpan.FromSeconds(1.5);

    /// <summary>Default: 2 seconds until devices' own operations are looked at again.</summary>
    public static readonly TimeSpan RunningPoll = TimeSpan.FromSeconds(2);
}
