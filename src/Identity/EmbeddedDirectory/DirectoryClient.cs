using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.EntityFrameworkCore.Models;
using SipGateway.Trust;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SipGateway.Identity;

/// <summary>The directory's only client: the gateway itself.</summary>
internal static class DirectoryClient
{
    public const string Id = "sipgateway";
    public const string Scope = "openid profile phone";

    public static OpenIddictApplicationDescriptor Describe(KeyRing ring) => new()
    {
        ClientId = Id,
        ClientSecret = DirectoryKeys.ClientSecret(ring),
        ClientType = ClientTypes.Confidential,
        DisplayName = "SIP gateway",
        Permissions =
        {
            Permissions.Endpoints.DeviceAuthorization,
            Permissions.Endpoints.Token,
            Permissions.GrantTypes.DeviceCode,
            Permissions.Scopes.Profile,
            Permissions.Scopes.Phone,
        },
    };
}

/// <summary>
/// Keeps the client's secret as one SHA-256. A slow hash is for secrets that people choose; this one has 256 bits, and the gateway shows it
/// with every poll of every pending sign-in.
/// </summary>
internal sealed class DirectoryClientStore(
    IOpenIddictApplicationCache<OpenIddictEntityFrameworkCoreApplication> cache,
    ILogger<OpenIddictApplicationManager<OpenIddictEntityFrameworkCoreApplication>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictApplicationStore<OpenIddictEntityFrameworkCoreApplication> store)
    : OpenIddictApplicationManager<OpenIddictEntityFrameworkCoreApplication>(cache, logger, options, store)
{
    protected override ValueTask<string> ObfuscateClientSecretAsync(string secret, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Hash(secret));

    protected override ValueTask<bool> ValidateClientSecretAsync(
        string secret, string comparand, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Hash(secret)), Encoding.ASCII.GetBytes(comparand)));

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
