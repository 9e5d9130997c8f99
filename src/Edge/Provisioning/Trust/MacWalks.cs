using System.Net;
using Microsoft.Extensions.Logging;
using SipGateway.Trust;

namespace SipGateway.Edge;

/// <summary>Notices a source that asks for many MACs: nobody owns that many phones behind one address, or a rollout is under way.</summary>
internal sealed partial class MacWalks(
    ProvisioningOptions options, TimeProvider time, ProvisioningMetrics metrics, EdgeAlerts alerts, ILogger<MacWalks> logger)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>Most sources remembered at once: at the default of 100 MACs each some 50 MB at the very worst.</summary>
    private const int MaxSources = 4096;

    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, HashSet<string>> seen = [];
    private DateTimeOffset windowEndsAtUtc;

    /// <summary>A bootstrap for this MAC went to this source.</summary>
    public void Saw(IPAddress source, string mac)
    {
        if (!IsNewWalk(SourceNetwork.Of(source), mac)) return;
        metrics.WalkSeen();
        alerts.Raise($"{source} asked for the files of more than {options.MacsPerSource} phones within ten minutes. "
            + "A rollout does so; otherwise block this address: it looks for other people's phones.");
        LogWalk(source, options.MacsPerSource);
    }

    private bool IsNewWalk(IPAddress source, string mac)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (now >= windowEndsAtUtc)
            {
                seen.Clear();
                windowEndsAtUtc = now + Window;
            }

            if (!seen.TryGetValue(source, out var macs))
            {
                if (seen.Count >= MaxSources) return false;
                seen[source] = macs = new HashSet<string>(StringComparer.Ordinal);
            }

            // One alert a window: the set stops growing once it was given.
            return macs.Count <= options.MacsPerSource && macs.Add(mac) && macs.Count > options.MacsPerSource;
        }
    }

    [LoggerMessage(EventId = 4003, Level = LogLevel.Debug, Message = "{Source} asked for more than {Macs} MACs within ten minutes.")]
    private partial void LogWalk(IPAddress source, int macs);
}
