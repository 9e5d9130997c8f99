using System.Text;

namespace SipGateway.Hosting;

/// <summary>Why a gateway that nobody stopped stopped.</summary>
public static class StopCause
{
    /// <summary>The line for the person who started it; null when no part failed.</summary>
    public static string? Of(IEnumerable<IHostedService> parts)
    {
        var line = new StringBuilder();
        foreach (var part in parts.OfType<BackgroundService>())
        {
            if (part.ExecuteTask?.Exception is { } failure)
                line.Append($"{part.GetType().Name} failed ({failure.InnerException!.GetType().Name}: {failure.InnerException.Message}); ");
        }

        return line.Length == 0 ? null : $"{line}the gateway stopped in order. Start it again; what it acknowledged is there. Please report this line.";
    }
}
