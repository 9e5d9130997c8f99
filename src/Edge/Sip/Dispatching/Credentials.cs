using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip;
using SipGateway.Sip.Authentication;
using SipGateway.Trust;

namespace SipGateway.Edge;

/// <summary>Who a request's digest says it is.</summary>
/// <param name="Mac">The device's grain; empty when the request must be challenged.</param>
/// <param name="Caller">For the grain; null when the request must be challenged.</param>
/// <param name="IsStale">Whether the challenge says so: the nonce is ours and too old.</param>
/// <param name="NonceIssuedAtMicroseconds">When the nonce was made, since 1970.</param>
internal readonly record struct CredentialsVerdict(string Mac, SipCaller? Caller, bool IsStale, long NonceIssuedAtMicroseconds = 0);

/// <summary>
/// Reads a request's digest as far as an edge can: is the nonce ours and young, does the name carry our tag, is a candidate's digest right.
/// A device's digest is its grain's to verify.
/// </summary>
internal sealed class Credentials
{
    private const string NoncePurpose = "edge-nonce";
    private const int MaxUserAgentLength = 200;

    private static readonly CredentialsVerdict Challenge = new(string.Empty, null, false);

    private readonly EdgeSipOptions options;
    private readonly OurNames names;
    private readonly KeyRing ring;
    private readonly TimeProvider time;
    private readonly NonceIssuer nonces;
    private readonly string decoy = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public Credentials(EdgeSipOptions options, OurNames names, KeyRing ring, TimeProvider time)
    {
        this.options = options;
        this.names = names;
        this.ring = ring;
        this.time = time;
        nonces = new NonceIssuer(
            ring.CurrentId, id => ring.Find(id, NoncePurpose), options.EdgeId, time.GetUtcNow(), options.Limits.NonceLifetime);
    }

    /// <summary>Makes and reads nonces.</summary>
    public NonceIssuer Nonces => nonces;

    /// <summary>A WWW-Authenticate value with a fresh nonce. MD5 alone: some phones fail when anything else is offered.</summary>
    public string NewChallenge(bool isStale) =>
        new DigestChallenge { Realm = options.Domain, Nonce = nonces.Issue(time.GetUtcNow()), IsStale = isStale }.Format();

    public CredentialsVerdict Check(SipRequest request, Flow flow)
    {
        if (Find(request) is not { } credentials || DigestAlgorithms.Parse(credentials.Algorithm) is not { } algorithm
            || algorithm is not (DigestAlgorithm.Md5 or DigestAlgorithm.Sha256))
        {
            return Challenge;
        }

        var now = time.GetUtcNow();
        var nonce = nonces.Check(credentials.Nonce, now);
        if (nonce.Status == NonceStatus.Expired)
        {
            return new CredentialsVerdict(string.Empty, null, IsStale: true);
        }

        var caller = Caller(credentials, algorithm, request, now);
        if (!nonce.IsUsable || !IsAbout(credentials.Uri, request, flow) || caller is not { } found)
        {
            return Challenge;
        }

        var evidence = Evidence(credentials, algorithm, request, nonce);
        return new CredentialsVerdict(found.Mac, found.Caller with { Digest = evidence }, IsStale: false, nonce.IssuedAtMicroseconds);
    }

    private DigestCredentials? Find(SipRequest request)
    {
        foreach (var raw in request.Authorizations)
        {
            if (DigestCredentials.Parse(Encoding.UTF8.GetString(raw.Span)) is { } credentials
                && string.Equals(credentials.Realm, options.Domain, StringComparison.OrdinalIgnoreCase))
            {
                return credentials;
            }
        }

        return null;
    }

    // RFC 7616 §3.4.6: the uri names what is asked for. Some clients name the server alone there, by any of its names (SIPp does for every
    // method); another user or another server is refused. What makes a digest good only once is its nonce and count.
    private bool IsAbout(string uri, SipRequest request, Flow flow) =>
        SipUri.TryParse(uri, out var named) && request.RequestUri is { } asked
        && (named.Equals(asked) || (names.IsOurs(named, flow) && (named.User is null || named.User == asked.User)));

    private (string Mac, SipCaller Caller)? Caller(
        DigestCredentials credentials, DigestAlgorithm algorithm, SipRequest request, DateTimeOffset now)
    {
        var user = credentials.Username;
        var candidate = Candidate.FromSipUser(ring, user);
        var device = candidate is null ? DeviceSipUser.Parse(ring, user) : null;

        // An unknown name costs the same hashes as a candidate's, so that time tells nothing.
        var secret = candidate is null ? decoy : Candidate.SipSecret(ring, user) ?? decoy;
        var ha1 = DigestResponse.Ha1(algorithm, user, credentials.Realm, secret);
        var isRight = DigestResponse.Verify(credentials, ha1, request.Method.Text, request.Body.Span);
        if (candidate is not null)
        {
            return isRight && candidate.IsAlive(now)
                ? (candidate.Mac, NewCaller(user, request) with
                {
                    Candidate = new CandidateFacts { Id = candidate.Id, IssuedAtUtc = candidate.IssuedAtUtc },
                })
                : null;
        }

        return device is null ? null : (device.Mac, NewCaller(user, request) with { Epoch = device.Epoch, Line = device.Line });
    }

    private static SipCaller NewCaller(string user, SipRequest request)
    {
        var agent = request.UserAgent ?? string.Empty;
        return new SipCaller
        {
            SipUser = user,
            UserAgent = agent.Length > MaxUserAgentLength ? agent[..MaxUserAgentLength] : agent,
            Digest = null!,
        };
    }

    private static DigestEvidence Evidence(
        DigestCredentials credentials, DigestAlgorithm algorithm, SipRequest request, NonceVerdict nonce) => new()
    {
        Algorithm = algorithm.Text(),
        UserName = credentials.Username,
        Realm = credentials.Realm,
        Uri = credentials.Uri,
        Method = request.Method.Text,
        Nonce = credentials.Nonce,
        NonceIssuedAtMs = nonce.IssuedAtMicroseconds / 1000,
        NonceCount = credentials.NonceCount,
        CNonce = credentials.Cnonce ?? string.Empty,
        Qop = credentials.Qop ?? string.Empty,
        Response = credentials.Response.ToLower(CultureInfo.InvariantCulture),
        BodyHash = string.Equals(credentials.Qop, "auth-int", StringComparison.OrdinalIgnoreCase)
            ? DigestResponse.BodyHash(algorithm, request.Body.Span)
            : string.Empty,
    };
}
