namespace SipGateway.Identity;

/// <summary>Where the token cache of each Entra user is kept. What it gets is already encrypted.</summary>
public interface ITokenCacheStore
{
    /// <summary>The locked cache of one user; null when there is none.</summary>
    /// <param name="name">64 lower-case hex digits: a keyed hash that tells nothing about the user.</param>
    /// <param name="cancellation">Ends it early.</param>
    Task<string?> LoadAsync(string name, CancellationToken cancellation);

    /// <summary>Keeps it; durable when the task completes.</summary>
    Task SaveAsync(string name, string locked, CancellationToken cancellation);

    /// <summary>Forgets it; harmless when there is none.</summary>
    Task RemoveAsync(string name, CancellationToken cancellation);
}
