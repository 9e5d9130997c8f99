using System.Net;

namespace SipGateway.Portal;

/// <summary>What the admin API's door says of a key.</summary>
public enum KeyVerdict
{
    /// <summary>It opens the API.</summary>
    Right,

    /// <summary>It does not; the try was counted and journalled.</summary>
    Wrong,

    /// <summary>It does not, and this address has shown too many wrong ones.</summary>
    TooMany,
}

/// <summary>The admin API's own door: the portal judges no key by itself, and counts no wrong one beside it.</summary>
public interface IAdminKeyDoor
{
    /// <summary>Judges a key that somebody typed.</summary>
    /// <param name="key">The key.</param>
    /// <param name="source">Who, as the connection has it; null when it has none.</param>
    KeyVerdict Judge(string key, IPAddress? source);
}
