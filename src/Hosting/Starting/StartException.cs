namespace SipGateway.Hosting;

/// <summary>A process cannot start, for a reason that one line tells whoever started it.</summary>
public sealed class StartException : Exception
{
    /// <summary>The line.</summary>
    public StartException(string message)
        : base(message)
    {
    }

    /// <summary>The line, and what was underneath.</summary>
    public StartException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
