using System.Globalization;
using System.Text;

namespace SipGateway.Sip.Authentication;

/// <summary>The value of a WWW-Authenticate or Proxy-Authenticate header (RFC 7616 §3.3).</summary>
public sealed record DigestChallenge
{
    /// <summary>The protection domain shown to people.</summary>
    public required string Realm { get; init; }

    /// <summary>The nonce to answer with.</summary>
    public required string Nonce { get; init; }

    /// <summary>The hash to use. Default: MD5, which every phone speaks.</summary>
    public DigestAlgorithm Algorithm { get; init; } = DigestAlgorithm.Md5;

    /// <summary>Whether the secret was right and only the nonce too old, so that the phone repeats by itself.</summary>
    public bool IsStale { get; init; }

    /// <summary>Whether <c>qop="auth"</c> is offered. Default: true; a challenge read without qop is answered as in RFC 2069.</summary>
    public bool OffersQop { get; init; } = true;

    /// <summary>The opaque value to give back, or null.</summary>
    public string? Opaque { get; init; }

    /// <summary>The header's value.</summary>
    public string Format()
    {
        var text = new StringBuilder("Digest realm=\"", 160);
        Quote(text, Realm).Append("\", nonce=\"");
        Quote(text, Nonce).Append('"');
        if (Opaque is not null)
        {
            Quote(text.Append(", opaque=\""), Opaque).Append('"');
        }

        text.Append(IsStale ? ", stale=true" : string.Empty).Append(", algorithm=").Append(Algorithm.Text());
        return text.Append(OffersQop ? ", qop=\"auth\"" : string.Empty).ToString();
    }

    /// <summary>Reads a challenge that a phone sends.</summary>
    /// <returns>Null when it is no Digest, breaks the grammar, or asks for an algorithm or protection that is not served.</returns>
    public static DigestChallenge? Parse(ReadOnlySpan<char> value)
    {
        var reader = new DigestParameterReader(value);
        if (value.Length > DigestCredentials.MaxLength || !reader.TryReadScheme("Digest"))
        {
            return null;
        }

        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadParameter(out var name, out var text) || !found.TryAdd(name, text))
            {
                return null;
            }
        }

        var qop = found.GetValueOrDefault("qop");
        var offersAuth = qop?.Split(',').Any(q => q.Trim().Equals("auth", StringComparison.OrdinalIgnoreCase)) ?? false;
        return !found.TryGetValue("realm", out var realm) || !found.TryGetValue("nonce", out var nonce)
            || DigestAlgorithms.Parse(found.GetValueOrDefault("algorithm")) is not { } algorithm || (qop is not null && !offersAuth)
            ? null
            : new DigestChallenge
            {
                Realm = DigestParameterReader.Unescape(realm),
                Nonce = nonce,
                Algorithm = algorithm,
                IsStale = "true".Equals(found.GetValueOrDefault("stale"), StringComparison.OrdinalIgnoreCase),
                OffersQop = offersAuth,
                Opaque = found.GetValueOrDefault("opaque"),
            };
    }

    /// <summary>The Authorization value that answers this challenge.</summary>
    public string Answer(string user, string password, string method, string uri, string cnonce, uint nonceCount = 1)
    {
        var ha1 = DigestResponse.Ha1(Algorithm, user, Realm, password);
        var qop = OffersQop ? "auth" : null;
        var count = nonceCount.ToString("x8", CultureInfo.InvariantCulture);
        var response = DigestResponse.Compute(Algorithm, ha1, method, uri, Nonce, count, cnonce, qop, []);
        var text = new StringBuilder("Digest username=\"", 320);
        Quote(text, user).Append("\", realm=\"");
        Quote(text, Realm).Append("\", nonce=\"").Append(Nonce).Append("\", uri=\"").Append(uri);
        text.Append("\", response=\"").Append(response).Append("\", algorithm=").Append(Algorithm.Text());
        text.Append(OffersQop ? $", qop=auth, nc={count}, cnonce=\"{cnonce}\"" : string.Empty);
        return text.Append(Opaque is null ? string.Empty : $", opaque=\"{Opaque}\"").ToString();
    }

    private static StringBuilder Quote(StringBuilder text, string value) =>
        text.Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal));
}
