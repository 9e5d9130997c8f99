using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SipGateway.Sip;
using SipGateway.Sip.Authentication;

namespace SipGateway.PhoneSimulator;

/// <summary>The last challenge of a registrar and how often it was answered: a phone uses a nonce again, with a rising count,
/// until told otherwise.</summary>
internal sealed class DigestMemory(AccountSettings account)
{
    private DigestChallenge? _challenge;
    private uint _count;

    /// <summary>Takes the challenge of a 401 or 407; of several the first that it can answer (RFC 8760 §2.4).</summary>
    public bool TryLearn(SipResponse response)
    {
        var name = response.StatusCode == 407 ? SipHeaderName.ProxyAuthenticate : SipHeaderName.WwwAuthenticate;
        _challenge = response.GetHeaders(name)
            .Select(header => DigestChallenge.Parse(header.Value))
            .FirstOrDefault(found => found is not null);
        _count = 0;
        return _challenge is not null;
    }

    /// <summary>The credentials for a request, or null when no challenge is known.</summary>
    public string? Answer(SipMethod method, string uri)
    {
        if (_challenge is not { } challenge)
        {
            return null;
        }

        _count++;
        var cnonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var count = _count.ToString("x8", CultureInfo.InvariantCulture);
        var ha1 = DigestResponse.Ha1(challenge.Algorithm, account.AuthenticationName, challenge.Realm, account.Password);
        var qop = challenge.OffersQop ? "auth" : null;
        var response = DigestResponse.Compute(
            challenge.Algorithm, ha1, method.Text, uri, challenge.Nonce, count, cnonce, qop, []);
        var text = new StringBuilder("Digest username=").Append(Quote(account.AuthenticationName))
            .Append(", realm=").Append(Quote(challenge.Realm)).Append(", nonce=").Append(Quote(challenge.Nonce))
            .Append(", uri=").Append(Quote(uri)).Append(", response=").Append(Quote(response))
            .Append(", algorithm=").Append(challenge.Algorithm.Text());
        if (qop is not null)
        {
            text.Append(", cnonce=").Append(Quote(cnonce)).Append(", qop=auth, nc=").Append(count);
        }

        return challenge.Opaque is null ? text.ToString() : text.Append(", opaque=").Append(Quote(challenge.Opaque)).ToString();
    }

    private static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
