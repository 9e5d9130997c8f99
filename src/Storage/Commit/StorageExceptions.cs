using Orleans.Runtime;

namespace SipGateway.Storage;

/// <summary>The write did not happen, and the storage could not help it: nothing of it is on disk. Derived from Orleans' exception so
/// that it reaches the grain as it is.</summary>
public class StorageFailedException : OrleansException
{
    /// <summary>Makes one.</summary>
    public StorageFailedException(string message, Exception? inner = null) : base(message, inner!)
    {
    }
}

/// <summary>The disk is full: nothing of the write is on disk. The storage goes on by itself when there is room.</summary>
public sealed class StorageFullException : StorageFailedException
{
    /// <summary>Makes one.</summary>
    public StorageFullException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}

/// <summary>The write can never happen as it is: a text too long, a character that no database keeps, a row of another grain.</summary>
public sealed class WriteRefusedException : OrleansException
{
    /// <summary>Makes one.</summary>
    public WriteRefusedException(string message) : base(message)
    {
    }
}

/// <summary>The storage cannot be used at all; the message is for the person who started the process.</summary>
public sealed class StorageStartException : Exception
{
    /// <summary>Makes one.</summary>
    public StorageStartException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
