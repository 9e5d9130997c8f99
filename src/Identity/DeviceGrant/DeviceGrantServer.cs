using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace SipGateway.Identity;

/// <summary>An OpenID Connect server as its metadata describe it.</summary>
/// <param name="Issuer">Who signs.</param>
/// <param name="DeviceAuthorizationEndpoint">RFC 8628 §4.</param>
/// <param name="TokenEndpoint">RFC 6749 §3.2.</param>
/// <param name="SigningKeys">The keys its id tokens are signed with.</param>
internal sealed record DeviceGrantServer(
    string Issuer, Uri DeviceAuthorizationEndpoint, Uri TokenEndpoint, ImmutableArray<SecurityKey> SigningKeys)
{
    public const string MetadataPath = ".well-known/openid-configuration";

    /// <summary>Reads the metadata and the keys (OpenID Connect Discovery 1.0 §4, RFC 8414).</summary>
    /// <exception cref="HttpRequestException">Not reached, or an error status.</exception>
    /// <exception cref="JsonException">The answer is no metadata, lacks the device grant, or names an address that is not
    /// https.</exception>
    public static async Task<DeviceGrantServer> DiscoverAsync(HttpClient http, Uri baseAddress, CancellationToken cancellation)
    {
        using var metadata = JsonDocument.Parse(await http.GetStringAsync(new Uri(baseAddress, MetadataPath), cancellation));
        var root = metadata.RootElement;
        var keys = await http.GetStringAsync(Address(root, "jwks_uri"), cancellation);
        return new(
            Text(root, "issuer"), Address(root, "device_authorization_endpoint"), Address(root, "token_endpoint"), ReadKeys(keys));
    }

    private static ImmutableArray<SecurityKey> ReadKeys(string json)
    {
        try
        {
            return [.. new JsonWebKeySet(json).GetSigningKeys()];
        }
        catch (ArgumentException e)
        {
            throw new JsonException("The key set is not one.", e);
        }
    }

    private static Uri Address(JsonElement root, string name) =>
        Uri.TryCreate(Text(root, name), UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
            ? uri : throw new JsonException($"'{name}' is not an https address.");

    private static string Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()! : throw new JsonException($"'{name}' is missing.");
}
