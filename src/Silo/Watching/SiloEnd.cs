using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;
using SipGateway.Hosting;

namespace SipGateway.Silo;

/// <summary>
/// The end of a silo that was removed from its cluster, or that failed at something which no silo can do without: at once, in a line that says
/// so, with exit code 1. Others have its phones by then; whatever it still wanted to write is refused by version.
/// </summary>
[SuppressMessage("Performance", "CA1812", Justification = "Made by Orleans.")]
internal sealed class SiloEnd : IFatalErrorHandler
{
    /// <summary>What a person is told of a removal.</summary>
    internal const string Removed =
        "This silo was removed from its cluster: it was paused, cut off from other silos, or without its database for longer than they waited. "
        + "Its phones are served by others, and it ends. Whoever watches it starts it again; it joins when it reaches the database and all silos.";

    /// <inheritdoc/>
    public bool IsUnexpected(Exception exception) => exception is not ThreadInterruptedException;

    /// <inheritdoc/>
    public void OnFatalException(object? sender, string? context, Exception? exception) => HostProcess.EndNow(Words(context, exception));

    /// <summary>What a person is told.</summary>
    internal static string Words(string? context, Exception? exception) => IsRemoval($"{context} {exception?.Message}")
        ? Removed
        : $"This silo cannot go on: {context}: {exception?.Message ?? "no reason is known"}. It ends; whoever watches it starts it again. "
            + $"Please report this line. {exception}";

    private static bool IsRemoval(string words) =>
        words.Contains("I have been told I am dead", StringComparison.OrdinalIgnoreCase)
        || words.Contains("I should be Dead", StringComparison.OrdinalIgnoreCase);
}
