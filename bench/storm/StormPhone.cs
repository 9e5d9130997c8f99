using System.Net;
using System.Text;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip;
using SipGateway.Sip.Authentication;
using SipGateway.Trust;

namespace SipGateway.Storm;

/// <summary>One phone that wants to be registered: REGISTER, 401, REGISTER with digest; sent again by RFC 3261's timers A's proportions.</summary>
internal sealed class StormPhone(int number, KeyRing ring, string domain, IPEndPoint local)
{
    private const int FirstIntervalMs = 500;
    private const int LongestIntervalMs = 4_000;
    private const int TransactionMs = 32_000;

    private readonly string user = new DeviceSipUser(Seeding.Mac(number), 1, 1).Format(ring);
    private readonly Lock gate = new();
    private byte[] request = [];
    private uint cseq;
    private long begunMs;
    private int intervalMs;

    public bool IsRegistered { get; private set; }

    public int ExpiresSeconds { get; private set; }

    public long DueMs { get; private set; }

    public IPEndPoint Local => local;

    /// <summary>What to send now; null when nothing is due.</summary>
    public byte[]? Due(long nowMs, StormCounts counts)
    {
        lock (gate)
        {
            if (IsRegistered || nowMs < DueMs)
            {
                return null;
            }

            if (request.Length == 0 || nowMs - begunMs > TransactionMs)
            {
                counts.TimedOut += request.Length == 0 ? 0 : 1;
                return Begin(nowMs, "");
            }

            counts.Retransmitted++;
            intervalMs = Math.Min(2 * intervalMs, LongestIntervalMs);
            DueMs = nowMs + intervalMs;
            return request;
        }
    }

    /// <summary>What to send on an answer; null for nothing.</summary>
    public byte[]? On(SipResponse response, long nowMs)
    {
        lock (gate)
        {
            if (IsRegistered || response.CSeq!.Number != cseq)
            {
                return null;
            }

            switch (response.StatusCode)
            {
                case 401:
                    var challenge = DigestChallenge.Parse(response.GetText(SipHeaderName.WwwAuthenticate))!;
                    var authorization = challenge.Answer(user, Seeding.Secret(number), "REGISTER", $"sip:{domain}", "c0ffee");
                    return Begin(nowMs, $"Authorization: {authorization}\r\n");
                case 200:
                    ExpiresSeconds = (int)(response.Contacts!.Addresses[0].ExpiresSeconds() ?? 0);
                    IsRegistered = true;
                    return null;
                default:
                    request = [];
                    DueMs = nowMs + (1000L * int.Parse(response.GetText(SipHeaderName.RetryAfter) ?? "30", System.Globalization.CultureInfo.InvariantCulture));
                    return null;
            }
        }
    }

    private byte[] Begin(long nowMs, string authorization)
    {
        cseq++;
        (begunMs, intervalMs, DueMs) = (nowMs, FirstIntervalMs, nowMs + FirstIntervalMs);
        return request = Encoding.ASCII.GetBytes(
            $"REGISTER sip:{domain} SIP/2.0\r\nVia: SIP/2.0/UDP {local};branch=z9hG4bK{number}-{cseq};rport\r\nFrom: <sip:{user}@{domain}>;tag=f{number}\r\n"
            + $"To: <sip:{user}@{domain}>\r\nCall-ID: {number}@storm\r\nCSeq: {cseq} REGISTER\r\nContact: <sip:{user}@{local}>\r\n{authorization}"
            + "Expires: 3600\r\nMax-Forwards: 70\r\nUser-Agent: Yealink SIP-T46S 66.86.5.1\r\nContent-Length: 0\r\n\r\n");
    }
}

/// <summary>What happened, counted.</summary>
internal sealed class StormCounts
{
    public long Retransmitted;
    public long TimedOut;
    public readonly long[] Statuses = new long[700];
    public long Requests;
}
