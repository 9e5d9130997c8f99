namespace SipGateway.Storage;

/// <summary>A loop with a period and an orderly end: the work runs once more after the last wait.</summary>
internal sealed class PeriodicWork(TimeSpan period, TimeProvider time, Func<Task> work)
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>Whether the end was asked for.</summary>
    public bool IsStopping { get; private set; }

    public void Start() => _loop = Task.Run(RunAsync);

    public async Task StopAsync()
    {
        IsStopping = true;
        await _stopping.CancelAsync();
        await _loop;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
                await work();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The end, not a failure.
        }

        await work();
    }
}
