using System.Net;

namespace SipGateway.Portal;

/// <summary>What the admin API's door says of a key or an access token.</summary>
public enum CredentialVerdict
{
    /// <summary>It opens the API.</summary>
    Right,

    /// <summary>It does not; the try was counted and journalled.</summary>
    Wrong,

    /// <summary>It does not, and this address has shown too many wrong ones.</summary>
    TooMany,

    /// <summary>It did; its time is over.</summary>
    Expired,

    /// <summary>It says who somebody is, and that one has no role here.</summary>
    NoRole,

    /// <summary>Nobody knows: the server that gave it cannot be reached.</summary>
    Unavailable,
}

/// <summary>The admin API's own door: the portal judges no key and no token by itself, and counts no wrong one beside it.</summary>
public interface ICredentialDoor
{
    /// <summary>Judges the key that somebody typed, or the token that somebody came back with.</summary>
    /// <param name="credential">The key or token.</param>
    /// <param name="source">Who, as the connection has it; null when it has none.</param>
    /// <param name="cancellation">Ends the wait for the server that signed the token.</param>
    ValueTask<CredentialVerdict> JudgeAsync(string credential, IPAddress? source, CancellationToken cancellation);

    /// <summary>Judges again what was right before, while a page is open: nothing is counted or journalled.</summary>
    ValueTask<CredentialVerdict> JudgeAgainAsync(string credential, CancellationToken cancellation);
}
