using System.Buffers;
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
/// <param name="WrongName">The name whose digest was computed and is wrong; null when nothing was found wrong.</param>
internal readonly record struct CredentialsVerdict(
    string Mac, SipCaller? Caller, bool IsStale, long NonceIssuedAtMicroseconds = 0, string? WrongName = null);

/// <summary>
/// Reads a request's digest as far as an edge can: is the nonce ours and young, does the name carry our tag, is a candidate's digest right.
/// A device's digest is its grain's to verify.
/// </summary>
internal sealed class Credentials
{
    private const string NoncePurpose = "edge-nonce";
    private const int MaxUserAgentLength = 200;

    // Base32 in either case.
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ234567");

    private static readonly CredentialsVerdict Unknown = new(string.Empty, null, false);

    private readonly EdgeSipOptions options;
    private readonly OurNames names;
    private readonly KeyRing ring;
    private readonly TimeProvider time;
    private readonly NonceIssuer nonces;
    private readonly string decoySecret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly string decoyCandidate;
    private readonly string decoyDevice;

    public Credentials(EdgeSipOptions options, OurNames names, KeyRing ring, TimeProvider time)
    {
        this.options = options;
        this.names = names;
        this.ring = ring;
        this.time = time;
        nonces = new NonceIssuer(
            ring.CurrentId, id => ring.Find(id, NoncePurpose), options.EdgeId, time.GetUtcNow(), options.Limits.NonceLifetime);
        decoyCandidate = Spoil(Candidate.Create("000000000000", time.GetUtcNow()).SipUser(ring));
        decoyDevice = Spoil(new DeviceSipUser("000000000000", 1, 1).Format(ring));
    }

    /// <summary>Makes and reads nonces.</summary>
    public NonceIssuer Nonces => nonces;

    /// <summary>
    /// 401 with a fresh nonce, which is given to this source and no other. MD5 alone for all but those known to take SHA-256; these see both,
    /// in the order of our preference (RFC 8760 §2.3).
    /// </summary>
    public SipResponseBuilder Challenge(SipResponseBuilder response, SipRequest request, Flow flow, bool isStale)
    {
        var challenge = NewChallenge(flow, isStale);
        if (TakesSha256(request.UserAgent))
        {
            response.Add(SipHeaderName.WwwAuthenticate, (challenge with { Algorithm = DigestAlgorithm.Sha256 }).Format());
        }

        return response.Add(SipHeaderName.WwwAuthenticate, challenge.Format());
    }

    /// <summary>A challenge for whoever is at the other end.</summary>
    public DigestChallenge NewChallenge(Flow flow, bool isStale) => new()
    {
        Realm = options.Domain,
        Nonce = nonces.Issue(time.GetUtcNow(), SourceKey.Of(flow.Remote.Address)),
        IsStale = isStale,
    };

    /// <summary>Whether this user agent is offered SHA-256 beside MD5.</summary>
    public bool TakesSha256(string? userAgent) =>
        userAgent is not null && options.Sha256UserAgents.Any(a => userAgent.StartsWith(a, StringComparison.OrdinalIgnoreCase));

    public CredentialsVerdict Check(SipRequest request, Flow flow)
    {
        if (Find(request) is not var (credentials, algorithm))
        {
            return Unknown;
        }

        var now = time.GetUtcNow();
        var nonce = nonces.Check(credentials.Nonce, now);
        if (nonce.Status == NonceStatus.Expired)
        {
            return new CredentialsVerdict(string.Empty, null, IsStale: true);
        }

        // Nobody but the one at that address was told this nonce.
        if (nonce.IsUsable && nonce.Source == SourceKey.Of(flow.Remote.Address))
        {
            flow.Prove();
        }

        var caller = Caller(credentials, algorithm, request, now, out var isWrong);
        if (!nonce.IsUsable || !IsAbout(credentials.Uri, request, flow) || caller is not { } found)
        {
            return Unknown with { WrongName = nonce.IsUsable && isWrong ? credentials.Username : null };
        }

        var evidence = Evidence(credentials, algorithm, request, nonce);
        return new CredentialsVerdict(found.Mac, found.Caller with { Digest = evidence }, IsStale: false, nonce.IssuedAtMicroseconds);
    }

    // RFC 7616 §3.4, RFC 8760 §2.4: a request may carry credentials for other realms, or for algorithms we never offered; the first that can be
    // ours counts.
    private (DigestCredentials Credentials, DigestAlgorithm Algorithm)? Find(SipRequest request)
    {
        foreach (var raw in request.Authorizations)
        {
            if (DigestCredentials.Parse(Encoding.UTF8.GetString(raw.Span)) is { } credentials
                && string.Equals(credentials.Realm, options.Domain, StringComparison.OrdinalIgnoreCase)
                && DigestAlgorithms.Parse(credentials.Algorithm) is { } algorithm and (DigestAlgorithm.Md5 or DigestAlgorithm.Sha256))
            {
                return (credentials, algorithm);
            }
        }

        return null;
    }

    // RFC 7616 §3.4.6: the uri names what is asked for. Some clients name the server alone there, by any of its names (SIPp does for every
    // method); another user or another server is refused. What makes a digest good only once is its nonce and count.
    private bool IsAbout(string uri, SipRequest request, Flow flow) =>
        SipUri.TryParse(uri, out var named) && request.RequestUri is { } asked
        && (named.Equals(asked) || (names.IsOurs(named, flow) && (named.User is null || named.User == asked.User)));

    // Every name costs the same: two seals, a candidate's secret, a digest. Where a name is not of the shape, a decoy takes its place, so that
    // time tells nothing about it.
    private (string Mac, SipCaller Caller)? Caller(
        DigestCredentials credentials, DigestAlgorithm algorithm, SipRequest request, DateTimeOffset now, out bool isWrong)
    {
        var user = credentials.Username;
        var candidateName = IsLike(user, decoyCandidate) ? user : decoyCandidate;
        var candidate = Candidate.FromSipUser(ring, candidateName);
        var device = DeviceSipUser.Parse(ring, IsLike(user, decoyDevice) ? user : decoyDevice);
        var candidateSecret = Candidate.SipSecret(ring, candidateName);
        var ha1 = DigestResponse.Ha1(algorithm, user, credentials.Realm, (candidate is null ? null : candidateSecret) ?? decoySecret);
        var isRight = DigestResponse.Verify(credentials, ha1, request.Method.Text, request.Body.Span);
        isWrong = device is null && !(isRight && candidate is not null);
        if (candidate is not null)
        {
            return isRight && candidate.IsAlive(now)
                ? (candidate.Mac, NewCaller(user, request) with
                {
                    Candidate = new CandidateFacts { Id = candidate.Id, IssuedAtUtc = candidate.IssuedAtUtc },
                })
                : null;
        }

        return device is null ? null : (LineKey.Of(device.Mac, device.Line), NewCaller(user, request) with { Epoch = device.Epoch, Line = device.Line });
    }

    private static bool IsLike(string user, string decoy) =>
        user.Length == decoy.Length && user[0] == decoy[0] && !user.AsSpan(1).ContainsAnyExcept(NameCharacters);

    // A name of the right shape under a seal that no key makes: the last character, which is part of the tag, is another.
    private static string Spoil(string name) => name[..^1] + (name[^1] == 'a' ? 'b' : 'a');

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
