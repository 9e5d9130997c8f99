using System.Globalization;

namespace SipGateway.Sip.Authentication;

/// <summary>What an Authorization or Proxy-Authorization header of the Digest scheme says (RFC 7616 §3.4).</summary>
public sealed record DigestCredentials
{
    /// <summary>Most characters of the header's value. Default: 2,048; a phone sends about 400.</summary>
    public const int MaxLength = 2048;

    /// <summary>Most parameters. Default: 24; the scheme knows thirteen.</summary>
    public const int MaxParameters = 24;

    /// <summary>The user name, quoted pairs resolved.</summary>
    public required string Username { get; init; }

    /// <summary>The realm, quoted pairs resolved.</summary>
    public required string Realm { get; init; }

    /// <summary>The nonce, as received.</summary>
    public required string Nonce { get; init; }

    /// <summary>The URI that was hashed, as received.</summary>
    public required string Uri { get; init; }

    /// <summary>The response, as received.</summary>
    public required string Response { get; init; }

    /// <summary>The algorithm, as received; null means MD5.</summary>
    public string? Algorithm { get; init; }

    /// <summary>The client's nonce, as received.</summary>
    public string? Cnonce { get; init; }

    /// <summary>The opaque value, as received.</summary>
    public string? Opaque { get; init; }

    /// <summary><c>auth</c>, <c>auth-int</c>, or null for a client of RFC 2069.</summary>
    public string? Qop { get; init; }

    /// <summary>The nonce count as received: it is hashed so and never normalised.</summary>
    public string? NonceCountText { get; init; }

    /// <summary>The nonce count; 0 when there is none.</summary>
    public uint NonceCount { get; init; }

    /// <summary>Names nobody and no secret.</summary>
    public override string ToString() => "DigestCredentials";

    /// <summary>Reads the header's value.</summary>
    /// <returns>
    /// Null when it is another scheme, breaks the grammar or a bound, names a parameter twice, or lacks one that is required:
    /// such a request is challenged like one without credentials.
    /// </returns>
    public static DigestCredentials? Parse(ReadOnlySpan<char> value)
    {
        var reader = new DigestParameterReader(value);
        if (value.Length > MaxLength || !reader.TryReadScheme("Digest"))
        {
            return null;
        }

        var found = new Dictionary<string, string>(MaxParameters, StringComparer.OrdinalIgnoreCase);
        while (!reader.IsAtEnd)
        {
            if (found.Count == MaxParameters || !reader.TryReadParameter(out var name, out var text) || !found.TryAdd(name, text))
            {
                return null;
            }
        }

        return Build(found);
    }

    private static DigestCredentials? Build(Dictionary<string, string> found)
    {
        var qop = found.GetValueOrDefault("qop");
        var nc = found.GetValueOrDefault("nc");
        var count = 0u;
        if (!found.TryGetValue("username", out var username) || !found.TryGetValue("realm", out var realm)
            || !found.TryGetValue("nonce", out var nonce) || !found.TryGetValue("uri", out var uri)
            || !found.TryGetValue("response", out var response)
            || (nc is not null && !uint.TryParse(nc, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out count))
            || !IsServed(qop, nc, found.GetValueOrDefault("cnonce")))
        {
            return null;
        }

        return new DigestCredentials
        {
            Username = DigestParameterReader.Unescape(username),
            Realm = DigestParameterReader.Unescape(realm),
            Nonce = nonce,
            Uri = uri,
            Response = response,
            Algorithm = found.GetValueOrDefault("algorithm"),
            Cnonce = found.GetValueOrDefault("cnonce"),
            Opaque = found.GetValueOrDefault("opaque"),
            Qop = qop,
            NonceCountText = nc,
            NonceCount = count,
        };
    }

    // RFC 7616 §3.4: with qop both nc and cnonce are there; another protection than these two was never offered.
    private static bool IsServed(string? qop, string? nc, string? cnonce) => qop is null
        || ((qop.Equals("auth", StringComparison.OrdinalIgnoreCase) || qop.Equals("auth-int", StringComparison.OrdinalIgnoreCase))
            && nc is not null && cnonce is not null);
}
