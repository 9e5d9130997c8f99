using System.Diagnostics;

namespace SipGateway.Edge.Tests.Sip;

internal static class Eventually
{
    public static async Task IsTrue(Func<bool> condition, string what, int seconds = 10)
    {
        var watch = Stopwatch.StartNew();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            (watch.Elapsed < TimeSpan.FromSeconds(seconds)).Should().BeTrue($"{what} within {seconds} s");
            await pace.WaitForNextTickAsync();
        }
    }
}
