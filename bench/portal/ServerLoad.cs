using System.Diagnostics;

namespace SipGateway.Pages;

/// <summary>What a process uses, as the system counts it.</summary>
internal sealed class ServerLoad(int pid)
{
    /// <summary>CPU time so far, user and system.</summary>
    public TimeSpan Mark()
    {
        using var server = Process.GetProcessById(pid);
        return server.TotalProcessorTime;
    }

    public TimeSpan Since(TimeSpan mark) => Mark() - mark;

    public long ResidentKb()
    {
        using var server = Process.GetProcessById(pid);
        return server.WorkingSet64 / 1024;
    }
}
