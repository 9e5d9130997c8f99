using System.Diagnostics.Metrics;

namespace SipGateway.Hosting;

/// <summary>Keeps a process's time near the reference; begins with it, and never steps by less than an hour after that.</summary>
internal sealed partial class TimeKeeping : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Notable = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SilencePause = TimeSpan.FromHours(1);

    private readonly SteadyTime time;
    private readonly IReferenceClock reference;
    private readonly ILogger<TimeKeeping> logger;
    private double secondsBehind;
    private long? toldAt;

    public TimeKeeping(SteadyTime time, IReferenceClock reference, ILogger<TimeKeeping> logger, IMeterFactory meters)
    {
        (this.time, this.reference, this.logger) = (time, reference, logger);
        meters.Create("SipGateway.Hosting").CreateObservableGauge(
            "sipgateway.time.behind", () => Volatile.Read(ref secondsBehind), "s", "How far the reference clock is ahead of this process's time.");
    }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StartPatience);
        try
        {
            if (await reference.ReadAsync(patience.Token) is { } now)
            {
                time.Begin(now);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // This machine's own time it is, until the reference can be asked.
        }

        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var pace = new PeriodicTimer(Pause, time);
        try
        {
            while (await pace.WaitForNextTickAsync(stoppingToken))
            {
                if (await reference.ReadAsync(stoppingToken) is { } now)
                {
                    Tell(time.Approach(now));
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private void Tell(TimeSpan behind)
    {
        Volatile.Write(ref secondsBehind, behind.TotalSeconds);
        if (behind.Duration() < Notable || (toldAt is { } told && time.GetElapsedTime(told) < SilencePause))
        {
            return;
        }

        toldAt = time.GetTimestamp();
        if (behind.Duration() > SteadyTime.TakenAtOnce)
        {
            LogTaken(reference.Owner, behind);
        }
        else
        {
            LogApproaching(reference.Owner, behind);
        }
    }

    [LoggerMessage(1, LogLevel.Warning,
        "The clock of {Owner} is {Behind} ahead of this process's time (less than zero: behind it): somebody stepped a clock. The difference is made "
        + "up for by 20 milliseconds a second, so that nothing expires early or late. A restart takes it at once.")]
    private partial void LogApproaching(string owner, TimeSpan behind);

    [LoggerMessage(2, LogLevel.Warning,
        "The clock of {Owner} was {Behind} ahead of this process's time (less than zero: behind it), and was taken at once: this machine slept, or "
        + "its clock was never set. What ended meanwhile has ended.")]
    private partial void LogTaken(string owner, TimeSpan behind);
}
