using Microsoft.Extensions.Logging;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>The one grain call of a packet: bounded in number and time. A failure is a value, which becomes 503.</summary>
internal sealed partial class GrainCalls(
    IGrainFactory grains, DeviceGrains devices, EdgeSipOptions options, TimeProvider time, EdgeSipMetrics metrics, ILogger<GrainCalls> logger)
{
    private static readonly TimeSpan LogPause = TimeSpan.FromSeconds(1);

    private int inFlight;
    private long lastLoggedAt;

    /// <summary>Asks the device's grain.</summary>
    /// <returns>Null when it could not be asked, did not answer in time, or failed.</returns>
    public async Task<T?> AskAsync<T>(string name, string mac, Func<IDeviceGrain, Task<T>> call)
        where T : class => (await CallAsync(name, () => call(devices.Of(mac)))).Answer;

    /// <summary>Asks the address book of an edge.</summary>
    /// <returns>Whether it answered in time, and what.</returns>
    public Task<(bool IsAnswered, T? Answer)> AskEdgeAsync<T>(string name, string edgeId, Func<IEdgeGrain, Task<T?>> call)
        where T : class => CallAsync(name, () => call(grains.GetGrain<IEdgeGrain>(edgeId)));

    private async Task<(bool IsAnswered, T? Answer)> CallAsync<T>(string name, Func<Task<T>> call)
        where T : class?
    {
        if (Interlocked.Increment(ref inFlight) > options.Limits.MaxGrainCallsInFlight)
        {
            Interlocked.Decrement(ref inFlight);
            metrics.GrainCall(name, "overload", 0);
            return default;
        }

        var startedAt = time.GetTimestamp();
        try
        {
            var outcome = await call().WaitAsync(options.Limits.GrainCallDeadline, time);
            metrics.GrainCall(name, "ok", time.GetElapsedTime(startedAt).TotalSeconds);
            return (true, outcome);
        }
#pragma warning disable CA1031 // Whatever kept the grain from answering, the phone is told to come back.
        catch (Exception e)
#pragma warning restore CA1031
        {
            metrics.GrainCall(name, e is TimeoutException ? "timeout" : "error", time.GetElapsedTime(startedAt).TotalSeconds);
            LogOnceASecond(name, e);
            return default;
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }

    // A silo that is away fails every packet: one line a second says as much as all of them.
    private void LogOnceASecond(string name, Exception exception)
    {
        var last = Interlocked.Read(ref lastLoggedAt);
        var now = time.GetTimestamp();
        if ((last == 0 || time.GetElapsedTime(last, now) >= LogPause) && Interlocked.CompareExchange(ref lastLoggedAt, now, last) == last)
        {
            LogFailed(name, exception);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The grain call {Name} failed; phones get 503 and come back. Is a silo reachable?")]
    private partial void LogFailed(string name, Exception exception);
}
