using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>Keeps this edge in its address book, so that a grain's orders reach it. Listeners do not wait for this.</summary>
internal sealed partial class EdgeRegistration(
    EdgeSipOptions options,
    SipEdge edge,
    NotifySender sender,
    FeatureCalls calls,
    EdgeAlerts alerts,
    EdgeSipMetrics metrics,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<EdgeRegistration> logger)
    : BackgroundService
{
    // The book is with some silo. When that one dies, the next renewal opens it anew on another; until then no order finds this edge.
    private static readonly TimeSpan RenewalPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    // Each a second at most: the end of an edge does not wait longer for a cluster that is away.
    private const int LeaveAttempts = 3;

    // The references hold their observers weakly.
    private readonly EdgeObserver[] observers = [.. Enumerable.Range(0, IEdgeGrain.ObserverCount).Select(_ => new EdgeObserver(sender, calls))];
    private readonly RegistrationRate rate = new();
    private ImmutableArray<IEdgeObserver> references = [];

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        edge.IsConnected = false;

        // A silo that stops at the same time takes the book with it: the next attempt finds it elsewhere.
        var attempt = 1;
        while (!await LeaveAsync(cancellationToken) && attempt < LeaveAttempts)
        {
            attempt++;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            edge.IsConnected = await RenewAsync(stoppingToken);
            await Task.Delay(edge.IsConnected ? RenewalPause : RetryPause, time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> LeaveAsync(CancellationToken cancellation)
    {
        try
        {
            await grains.GetGrain<IEdgeGrain>(options.EdgeId).Leave(edge.StartedAtUtc).WaitAsync(RetryPause, time, cancellation);
            foreach (var reference in references)
            {
                grains.DeleteObjectReference<IEdgeObserver>(reference);
            }

            return true;
        }
#pragma warning disable CA1031 // Going away without a word is what a crash does, and the book forgets by itself.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotLeft(e);
            return false;
        }
    }

    private async Task<bool> RenewAsync(CancellationToken cancellation)
    {
        try
        {
            if (references.IsEmpty)
            {
                references = [.. observers.Select(o => grains.CreateObjectReference<IEdgeObserver>(o))];
            }

            var facts = new EdgeFacts
            {
                EdgeId = options.EdgeId,
                StartedAtUtc = edge.StartedAtUtc,
                SipEndpoint = SipUri.Create(null, options.PublicHost, edge.UdpEndPoint.Port).ToString()["sip:".Length..],
                Version = options.Version,
                Alerts = alerts.Current,
                ProvisioningRoot = options.ProvisioningRoot?.Invoke() ?? "",
                Region = options.Region,
                RegistrationsPerSecond = rate.PerSecond(metrics.Registrations, time.GetUtcNow()),
            };
            await grains.GetGrain<IEdgeGrain>(options.EdgeId).Renew(facts, references)
                .WaitAsync(options.Limits.GrainCallDeadline, time, cancellation);
            return true;
        }
#pragma warning disable CA1031 // No silo yet, or none at the moment: this is tried again for ever.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotRenewed(e);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The edge could not renew its entry in the address book; it tries again.")]
    private partial void LogNotRenewed(Exception exception);

    [LoggerMessage(2, LogLevel.Debug, "The edge could not take leave of its address book; the entry ends by itself.")]
    private partial void LogNotLeft(Exception exception);
}
