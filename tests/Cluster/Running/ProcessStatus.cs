using System.Globalization;

namespace SipGateway.Cluster.Tests;

/// <summary>What the kernel says of a process.</summary>
internal static class ProcessStatus
{
    public static long ResidentBytes(int process) => 1024 * Read(process, "VmRSS:");

    public static int Threads(int process) => (int)Read(process, "Threads:");

    private static long Read(int process, string what) => long.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(what, StringComparison.Ordinal))[what.Length..].Replace("kB", "").Trim(),
        CultureInfo.InvariantCulture);
}
