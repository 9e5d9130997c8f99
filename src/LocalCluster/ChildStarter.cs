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

    /// <summary>A command that gets this signal when this process is gone. It stands next to the program: changing the user forgets it.</summary>
    public static string[] EndingWithUs(string signal, params string[] command) => ["setpriv", "--pdeathsig", signal, .. command];

    /// <summary>Starts a program.</summary>
    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Orders.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
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
