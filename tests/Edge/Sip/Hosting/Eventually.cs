using System.Diagnostics;

namespace SipGateway.Edge.Tests.Sip;

internal static class Eventually
{
    public static Task IsTrue(Func<bool> condition, string what, int seconds = 10) =>
        IsTrue(() => Task.FromResult(condition()), what, seconds);

    public static async Task IsTrue(Func<Task<bool>> condition, string what, int seconds = 10)
    {
        var watch = Stopwatch.StartNew();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await condition())
        {
            (watch.Elapsed < TimeSpan.FromSeconds(seconds)).Should().BeTrue($"{what} within {seconds} s");
            await pace.WaitForNextTickAsync();
        }
    }
}
