namespace SipGateway.Cluster.Tests.Faults;

/// <summary>The time of day of processes that are started by it, as somebody sets it: libfaketime before the C library. Monotonic clocks are left alone.</summary>
internal sealed class SteppedClock : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), "sipgateway-clock-" + Guid.NewGuid().ToString("n"));

    public SteppedClock() => Set(TimeSpan.Zero);

    /// <summary>The library; null when it is not installed. Its sister for threads takes a lock at each look at a clock: a cluster crawls.</summary>
    public static string? Library { get; } = Directory.Exists("/usr/lib")
        ? Directory.EnumerateFiles("/usr/lib", "libfaketime.so.1", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }).FirstOrDefault()
        : null;

    /// <summary>What stands before a command.</summary>
    public string[] Inside =>
    [
        "env", "LD_PRELOAD=" + Library, "FAKETIME_TIMESTAMP_FILE=" + _file, "FAKETIME_CACHE_DURATION=1", "FAKETIME_DONT_FAKE_MONOTONIC=1",
        "DONT_FAKE_MONOTONIC=1",
    ];

    /// <summary>Steps it to so much ahead of the true time; it is noticed within a second.</summary>
    public void Set(TimeSpan ahead)
    {
        File.WriteAllText(_file, $"{(ahead < TimeSpan.Zero ? "-" : "+")}{(long)ahead.Duration().TotalSeconds}\n");
        File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    public void Dispose() => File.Delete(_file);
}
