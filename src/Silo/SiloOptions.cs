using SipGateway.Grains.Devices;
using SipGateway.Storage;

namespace SipGateway.Silo;

/// <summary>How a silo runs. The defaults are those of the embedded gateway: one silo in one process.</summary>
public sealed record SiloOptions
{
    /// <summary>The storage; see <see cref="StorageOptions"/>.</summary>
    public StorageOptions Storage { get; init; } = new();

    /// <summary>Names the deployment for ever: it never changes. Default: <c>sipgateway</c>.</summary>
    public string ServiceId { get; init; } = "sipgateway";

    /// <summary>Names the silos that belong together. Default: <c>sipgateway</c>.</summary>
    public string ClusterId { get; init; } = "sipgateway";

    /// <summary>How long a grain call may take. Default: 4 seconds, under every deadline of SIP (32 s) and over that of the storage.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Grains that were idle for so long leave memory; a registered phone needs none. Default: 10 minutes.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How old a silo's knowledge of a tenant may be. Default: 5 seconds.</summary>
    public TimeSpan TenantMaxAge { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often due work is looked for. Default: 1 second.</summary>
    public TimeSpan DuePollPeriod { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Due grains called side by side. Default: 32, so that due work leaves room for phones.</summary>
    public int MaxConcurrentDueCalls { get; init; } = 32;

    /// <summary>Sign-ins waiting at identity providers at one time on this silo; further ones begin when there is room. Default: 1000.</summary>
    public int MaxConcurrentSignIns { get; init; } = 1000;

    /// <summary>The bounds of a phone's life.</summary>
    public DeviceOptions Devices { get; init; } = new();

    /// <summary>Every error of these options, for a person; empty when they are good.</summary>
    public IReadOnlyList<string> Validate() => [.. Storage.Validate(), .. Devices.Validate(), .. Errors()];

    private IEnumerable<string> Errors()
    {
        if (string.IsNullOrWhiteSpace(ServiceId)) yield return "ServiceId is empty: name the deployment.";
        if (string.IsNullOrWhiteSpace(ClusterId)) yield return "ClusterId is empty: name the cluster.";
        if (IsOutside(CallTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)))
            yield return $"CallTimeout is {CallTimeout}: it must be from 1 to 30 seconds.";
        if (IsOutside(IdleTime, TimeSpan.FromMinutes(2), TimeSpan.FromDays(1)))
            yield return $"IdleTime is {IdleTime}: it must be from 2 minutes to a day.";
        if (IsOutside(TenantMaxAge, TimeSpan.Zero, TimeSpan.FromMinutes(5)))
            yield return $"TenantMaxAge is {TenantMaxAge}: it must be at most 5 minutes.";
        if (IsOutside(DuePollPeriod, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)))
            yield return $"DuePollPeriod is {DuePollPeriod}: it must be from 10 milliseconds to a minute.";
        if (MaxConcurrentDueCalls is < 1 or > 10_000) yield return $"MaxConcurrentDueCalls is {MaxConcurrentDueCalls}: it must be from 1 to 10,000.";
        if (MaxConcurrentSignIns is < 1 or > 100_000) yield return $"MaxConcurrentSignIns is {MaxConcurrentSignIns}: it must be from 1 to 100,000.";
    }

    private static bool IsOutside(TimeSpan value, TimeSpan least, TimeSpan most) => value < least || value > most;
}
