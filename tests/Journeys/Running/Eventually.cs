using System.Diagnostics;

namespace SipGateway.Journeys.Tests.Running;

/// <summary>Waits for something to become true, and tells what was last seen when it does not.</summary>
internal static class Eventually
{
    public static async Task<T> GetAsync<T>(Func<Task<T>> look, Func<T, bool> isRight, TimeSpan limit, string what)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (isRight(seen))
            {
                return seen;
            }

            if (watch.Elapsed > limit)
            {
                throw new TimeoutException($"{what}: not within {limit}; last seen: {seen}");
            }

            await Task.Delay(100);
        }
    }
}
