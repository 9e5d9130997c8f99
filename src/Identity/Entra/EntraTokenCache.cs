using System.Security.Cryptography;
using System.Text;
using Microsoft.Identity.Client;
using SipGateway.Trust;

namespace SipGateway.Identity;

/// <summary>
/// One user's token cache: locked under the key ring for that user alone, and named by a keyed hash. The library's cache of a public
/// client is
/// one blob for all its accounts, so each attempt has a client of its own and each user a blob of their own.
/// </summary>
internal sealed class EntraTokenCache(ITokenCacheStore store, KeyRing ring)
{
    private const string NamePurpose = "entra-token-cache-name";

    public void Attach(IPublicClientApplication client)
    {
        client.UserTokenCache.SetBeforeAccessAsync(LoadAsync);
        client.UserTokenCache.SetAfterAccessAsync(SaveAsync);
    }

    /// <summary>Forgets what is kept of this user.</summary>
    /// <param name="homeAccountId">The library's <c>uid.utid</c>.</param>
    /// <param name="cancellation">Ends it early.</param>
    public Task RemoveAsync(string homeAccountId, CancellationToken cancellation) => Task.WhenAll(
        ring.Keys.Select(k => store.RemoveAsync(Name(k.Id, homeAccountId), cancellation)));

    internal string Name(byte keyId, string homeAccountId) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(ring.Find(keyId, NamePurpose)!, Encoding.UTF8.GetBytes(homeAccountId)));

    internal static string Place(string homeAccountId) => $"entra/{homeAccountId}";

    private async Task LoadAsync(TokenCacheNotificationArgs args)
    {
        if (args.Account?.HomeAccountId?.Identifier is not { Length: > 0 } account)
        {
            return;
        }

        // The newest key first: after a change of keys the old name is still found.
        foreach (var key in ring.Keys.Reverse())
        {
            if (await store.LoadAsync(Name(key.Id, account), args.CancellationToken) is { } locked
                && SecretBox.Unlock(ring, locked, Place(account)) is { } text)
            {
                args.TokenCache.DeserializeMsalV3(Convert.FromBase64String(text), shouldClearExistingCache: true);
                return;
            }
        }
    }

    private async Task SaveAsync(TokenCacheNotificationArgs args)
    {
        if (args.HasStateChanged && args.Account?.HomeAccountId?.Identifier is { Length: > 0 } account)
        {
            var text = Convert.ToBase64String(args.TokenCache.SerializeMsalV3());
            await store.SaveAsync(Name(ring.CurrentId, account), SecretBox.Lock(ring, text, Place(account)), args.CancellationToken);
        }
    }
}
