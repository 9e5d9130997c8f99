using System.Globalization;
using System.Net;
using System.Text;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip;
using SipGateway.Sip.Authentication;
using SipGateway.Storm;
using SipGateway.Trust;

namespace SipGateway.Cluster.Tests;

/// <summary>
/// One phone that stays registered and writes down what it was told: refreshes with its nonce, over UDP repeats itself as RFC 3261 §17.1.2 asks, and
/// goes to the other edge when one says nothing or its connection is gone.
/// </summary>
internal sealed class LedgerPhone(
    int number, KeyRing ring, string domain, IPEndPoint local, int edgeCount, long silenceMs = LedgerPhone.ShortSilenceMs, string transport = "UDP")
{
    private const int FirstIntervalMs = 500;
    private const int LongestIntervalMs = 4_000;

    /// <summary>RFC 3261's timer F: a transaction without an answer is over.</summary>
    public const int TimerFMs = 32_000;

    // Sooner than that, so that a test need not wait for it.
    public const int ShortSilenceMs = 8_000;

    private readonly string _user = new DeviceSipUser(Seeding.Mac(number), 1, 1).Format(ring);
    private readonly string _way = transport == "UDP" ? "" : ";transport=" + transport.ToLowerInvariant();
    private readonly Lock _gate = new();
    private DigestChallenge? _challenge;
    private uint _nonceCount;
    private byte[] _request = [];
    private bool _isChallenged;
    private uint _cseq;
    private long _begunMs;
    private int _intervalMs;
    private long _dueMs;

    public string Mac { get; } = Seeding.Mac(number);

    public string User => _user;

    /// <summary>UDP, TCP or TLS.</summary>
    public string Transport => transport;

    /// <summary>Which edge it talks to.</summary>
    public int Edge { get; private set; } = number % edgeCount;

    public bool IsRegistered { get; private set; }

    /// <summary>When the last 200 came.</summary>
    public long RegisteredAtMs { get; private set; }

    /// <summary>When the last NOTIFY came.</summary>
    public long NotifiedAtMs { get; private set; } = -1;

    /// <summary>Whole transactions without an answer.</summary>
    public int Silences { get; private set; }

    public void Notify(long nowMs) => NotifiedAtMs = nowMs;

    /// <summary>Ends its rest: what is next is due now.</summary>
    public void WakeUp()
    {
        lock (_gate)
            _dueMs = 0;
    }

    /// <summary>Its connection is gone: it tries the other edge, in a moment of its own, as a thousand others do.</summary>
    public void Lose(long nowMs)
    {
        lock (_gate)
        {
            Edge = (Edge + 1) % edgeCount;
            Rest(nowMs + 100 + (number % 400));
        }
    }

    /// <summary>What to send now; null when nothing is due.</summary>
    public byte[]? Due(long nowMs)
    {
        lock (_gate)
        {
            if (nowMs < _dueMs)
                return null;
            if (_request.Length == 0)
                return Begin(nowMs);
            if (nowMs - _begunMs > silenceMs)
            {
                Silences++;
                Edge = (Edge + 1) % edgeCount;
                return Begin(nowMs);
            }

            if (transport != "UDP")
            {
                _dueMs = nowMs + FirstIntervalMs;
                return null;
            }

            _intervalMs = Math.Min(2 * _intervalMs, LongestIntervalMs);
            _dueMs = nowMs + _intervalMs;
            return _request;
        }
    }

    /// <summary>Takes an answer; says what to send next.</summary>
    public byte[]? On(SipResponse response, long nowMs, int refreshMs, LedgerCounts counts)
    {
        lock (_gate)
        {
            // A wire that turns bits makes answers that are nobody's.
            if (response.CSeq is not { } cseq || cseq.Number != _cseq || _request.Length == 0)
                return null;
            counts.Count(response);
            switch (response.StatusCode)
            {
                case 401 when !_isChallenged || DigestChallenge.Parse(response.GetText(SipHeaderName.WwwAuthenticate)) is { IsStale: true }:
                    _challenge = DigestChallenge.Parse(response.GetText(SipHeaderName.WwwAuthenticate));
                    _nonceCount = 0;
                    _isChallenged = true;
                    return Begin(nowMs);
                case 200:
                    (IsRegistered, RegisteredAtMs) = (true, nowMs);
                    Rest(nowMs + refreshMs);
                    return null;
                default:
                    var pause = int.TryParse(response.GetText(SipHeaderName.RetryAfter), CultureInfo.InvariantCulture, out var told) ? told : 1;
                    Rest(nowMs + 1000L * Math.Min(pause, 3));
                    return null;
            }
        }
    }

    private void Rest(long untilMs) => (_request, _dueMs, _isChallenged) = ([], untilMs, false);

    private byte[] Begin(long nowMs)
    {
        _cseq++;
        (_begunMs, _intervalMs, _dueMs) = (nowMs, FirstIntervalMs, nowMs + FirstIntervalMs);
        var authorization = _challenge is null
            ? ""
            : $"Authorization: {_challenge.Answer(_user, Seeding.Secret(number), "REGISTER", $"sip:{domain}", "c0ffee", ++_nonceCount)}\r\n";
        return _request = Encoding.ASCII.GetBytes(
            $"REGISTER sip:{domain} SIP/2.0\r\nVia: SIP/2.0/{transport} {local};branch=z9hG4bK{number}-{_cseq};rport\r\nFrom: <sip:{_user}@{domain}>;tag=f{number}\r\n"
            + $"To: <sip:{_user}@{domain}>\r\nCall-ID: {number}@{local}\r\nCSeq: {_cseq} REGISTER\r\nContact: <sip:{_user}@{local}{_way}>\r\n{authorization}"
            + "Expires: 300\r\nMax-Forwards: 70\r\nUser-Agent: Yealink SIP-T46S 66.86.5.1\r\nContent-Length: 0\r\n\r\n");
    }
}

/// <summary>What phones were answered.</summary>
internal sealed class LedgerCounts
{
    private readonly long[] _statuses = new long[700];

    /// <summary>503 without a time to come back at.</summary>
    public long BareRefusals;

    public long this[int status] => Interlocked.Read(ref _statuses[status]);

    public void Count(SipResponse response)
    {
        Interlocked.Increment(ref _statuses[response.StatusCode]);
        if (response.StatusCode == 503 && response.GetText(SipHeaderName.RetryAfter) is null)
            Interlocked.Increment(ref BareRefusals);
    }

    public IEnumerable<int> Seen => Enumerable.Range(0, _statuses.Length).Where(status => this[status] > 0);

    public override string ToString() => string.Join(", ", Seen.Select(status => $"{status}: {this[status]}"));
}
