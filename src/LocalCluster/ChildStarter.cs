using System.Collections.Concurrent;
using System.Diagnostics;

namespace SipGateway.LocalCluster;

/// <summary>
/// Starts programs that end with this process, however it ends. The kernel's signal for that is tied to the thread that started them, so
/// that one thread does it which lives as long as the process.
/// </summary>
internal static class ChildStarter
{
    private static readonly BlockingCollection<Action> Orders = Begin();

    /// <summary>Starts a program.</summary>
    /// <param name="start">What, without what makes it end with this process.</param>
    /// <param name="endSignal">The signal it gets when this process is gone.</param>
    public static Task<Process> StartAsync(ProcessStartInfo start, string endSignal)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        var command = new ProcessStartInfo("setpriv", ["--pdeathsig", endSignal, start.FileName, .. start.ArgumentList])
        {
            RedirectStandardInput = start.RedirectStandardInput, RedirectStandardOutput = start.RedirectStandardOutput,
            RedirectStandardError = start.RedirectStandardError, WorkingDirectory = start.WorkingDirectory,
        };
        Orders.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(command)!);
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        return started.Task;
    }

    private static BlockingCollection<Action> Begin()
    {
        var orders = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var order in orders.GetConsumingEnumerable())
            {
                order();
            }
        }) { IsBackground = true, Name = "Child starter" }.Start();
        return orders;
    }
}
