using System.Globalization;
using System.Net;
using System.Text;
using SipGateway.Sip;
using SipGateway.Sip.Authentication;
using SipGateway.Sip.Plain;

namespace SipGateway.Edge;

/// <summary>
/// Answers, in the thread that received it and without allocating, the two messages that make up nearly all traffic: a plain REGISTER without
/// credentials (401), and a plain refresh under a lease (200). Everything else goes the long way, which answers these two alike.
/// </summary>
internal sealed class PlainRegistrar(
    EdgeSipOptions options, Credentials credentials, Admission admission, DeviceRate rate, LeaseTable leases, LeaseReports reports,
    EdgeSipMetrics metrics, TimeProvider time) : IShortcut
{
    private readonly byte[] domain = Name(options.Domain);
    private readonly byte[] publicHost = Name(options.PublicHost);
    private readonly byte[][] scanners = [.. options.ScannerUserAgents.Select(Encoding.ASCII.GetBytes)];
    private readonly byte[][] sha256Agents = [.. options.Sha256UserAgents.Select(Encoding.ASCII.GetBytes)];
    private readonly byte[] challengeBegin = Encoding.UTF8.GetBytes($"WWW-Authenticate: Digest realm=\"{options.Domain}\", nonce=\"");
    private readonly byte[] afterDate = Encoding.ASCII.GetBytes($"\r\nSupported: {OutboundRules.Supported}\r\nContact: ");
    private DateText date = new(0, []);

    /// <inheritdoc/>
    public int Answer(ReadOnlySpan<byte> datagram, SocketAddress from, IPEndPoint local, Span<byte> answer) =>
        PlainRegister.TryRead(datagram, out var register)
            ? Answer(register, new Arrival(PeerKey.Of(from), local, null), datagram.Length, answer)
            : 0;

    /// <inheritdoc/>
    public int Answer(ReadOnlySpan<byte> stream, StreamFlow connection, Span<byte> answer, out int consumed)
    {
        var length = PlainRegister.TryReadFirst(stream, out var register);
        var written = length > 0 ? Answer(register, new Arrival(connection.Peer.Span, connection.Local, connection), length, answer) : 0;
        consumed = written > 0 ? length : 0;
        return written;
    }

    private int Answer(scoped in PlainRegister register, scoped in Arrival arrival, int length, Span<byte> answer)
    {
        if (!IsForUs(register, arrival))
        {
            return 0;
        }

        return register.Authorization.IsEmpty ? Challenge(register, length, arrival, answer) : Refresh(register, arrival, answer);
    }

    private static byte[] Name(string host) => Encoding.ASCII.GetBytes(host.Trim('[', ']'));

    private bool IsForUs(scoped in PlainRegister register, scoped in Arrival arrival) =>
        register.ViaTransport.SequenceEqual(arrival.Transport) && IsOurs(register.RequestHost, arrival.Local) && IsOurs(register.ToHost, arrival.Local)
        && (register.RPortEnd > 0 || IsSentBy(register, arrival)) && !IsOneOf(scanners, register.UserAgent);

    private bool IsOurs(ReadOnlySpan<byte> host, IPEndPoint local)
    {
        if (Ascii.EqualsIgnoreCase(host, domain) || Ascii.EqualsIgnoreCase(host, publicHost))
        {
            return true;
        }

        Span<byte> address = stackalloc byte[64];
        return local.Address.TryFormat(address, out var length) && host.SequenceEqual(address[..length]);
    }

    // Without rport the answer goes to sent-by: here only where that is where the request came from.
    private static bool IsSentBy(scoped in PlainRegister register, scoped in Arrival arrival)
    {
        Span<byte> address = stackalloc byte[64];
        var length = PlainAnswer.Address(arrival.Source, address);
        return register.ViaHost.SequenceEqual(address[..length])
            && (arrival.Connection is not null || (register.ViaPort == 0 ? 5060 : register.ViaPort) == ((arrival.Source[2] << 8) | arrival.Source[3]));
    }

    private static bool IsOneOf(byte[][] agents, ReadOnlySpan<byte> userAgent)
    {
        foreach (var agent in agents)
        {
            if (userAgent.Length >= agent.Length && Ascii.EqualsIgnoreCase(userAgent[..agent.Length], agent))
            {
                return true;
            }
        }

        return false;
    }

    private int Challenge(scoped in PlainRegister register, int length, scoped in Arrival arrival, Span<byte> answer)
    {
        if (IsOneOf(sha256Agents, register.UserAgent) || admission.Judge(arrival.Source) != AdmissionVerdict.Admitted)
        {
            return 0;
        }

        Span<byte> nonce = stackalloc byte[NonceIssuer.TextLength];
        credentials.Nonces.Issue(time.GetUtcNow(), SourceKey.OfPeer(arrival.Source), nonce);
        var text = new PlainAnswer(answer);
        text.Begin("SIP/2.0 401 Unauthorized"u8, register, arrival.Source, StatelessTag.Of(register.CallId, register.From, register.CSeq));
        text.Put(challengeBegin);
        text.Put(nonce);
        text.Put("\", algorithm=MD5, qop=\"auth\"\r\n"u8);
        text.End();
        if (arrival.Connection is null && !ReplyBound.Fits(length, text.Length))
        {
            return 0;
        }

        metrics.PlainChallenge();
        return text.Length;
    }

    private int Refresh(scoped in PlainRegister register, scoped in Arrival arrival, Span<byte> answer)
    {
        if (!leases.TryFind(register.ToUser, out var lease) || lease.IsClosed
            || !PlainAuthorization.TryRead(register.Authorization, out var authorization)
            || !IsUnchanged(lease, register, authorization, arrival))
        {
            return 0;
        }

        var now = time.GetUtcNow();
        var nonce = credentials.Nonces.Check(authorization.Nonce, now);
        if (nonce.Status != NonceStatus.Valid || !IsAlive(lease, now.UtcTicks)
            || !PlainDigest.Verifies(authorization, lease.Ha1, "REGISTER"u8) || !rate.TryCount(register.ToUser)
            || admission.Judge(arrival.Source) != AdmissionVerdict.Admitted
            || Use(lease, register, authorization, nonce.IssuedAtMicroseconds, now.UtcTicks) is not { } usedTicks)
        {
            return 0;
        }

        var text = new PlainAnswer(answer);
        text.Begin("SIP/2.0 200 OK"u8, register, arrival.Source, StatelessTag.Of(register.CallId, register.From, register.CSeq));
        text.Put("Date: "u8);
        text.Put(Date(usedTicks));
        text.Put(afterDate);
        text.Put(lease.ContactAnswer);
        text.Put(";expires="u8);
        text.Put(lease.ExpiresSeconds);
        text.Put("\r\n"u8);
        text.End();
        metrics.PlainRefresh();
        return text.Length;
    }

    private bool IsUnchanged(
        Lease lease, scoped in PlainRegister register, scoped in PlainAuthorization authorization, scoped in Arrival arrival) =>
        authorization.UserName.SequenceEqual(register.ToUser) && Ascii.EqualsIgnoreCase(authorization.Realm, domain)
        && register.NamesServer(authorization.Uri) && register.CallId.SequenceEqual(lease.CallId)
        && register.Contact.SequenceEqual(lease.Contact) && register.ExpiresSeconds == lease.AskedSeconds
        && arrival.Source.SequenceEqual(lease.Remote) && arrival.Local.Equals(lease.Local) && arrival.Connection?.Id == lease.ConnectionId;

    private bool IsAlive(Lease lease, long nowTicks) =>
        nowTicks < lease.ValidUntilTicks && lease.Tenant.Version == lease.TenantVersion && leases.IsInformed(nowTicks);

    // A use must be newer than the last one; the last one itself may come again, because its answer may have been lost.
    private long? Use(
        Lease lease, scoped in PlainRegister register, scoped in PlainAuthorization authorization, long issuedAtMicroseconds, long nowTicks)
    {
        lock (lease)
        {
            if (lease.IsClosed)
            {
                return null;
            }

            if (register.CSeq == lease.LastCSeq && authorization.Response.SequenceEqual(lease.LastResponse))
            {
                return lease.LastUsedTicks;
            }

            var isNewer = issuedAtMicroseconds > lease.LastIssuedAtMicroseconds
                || (issuedAtMicroseconds == lease.LastIssuedAtMicroseconds && authorization.NonceCount > lease.LastCount);
            if (!isNewer || register.CSeq <= lease.LastCSeq)
            {
                return null;
            }

            lease.LastIssuedAtMicroseconds = issuedAtMicroseconds;
            lease.LastCount = authorization.NonceCount;
            lease.LastCSeq = register.CSeq;
            authorization.Response.CopyTo(lease.LastResponse);
            authorization.Nonce.CopyTo(lease.LastNonce);
            lease.LastUsedTicks = nowTicks;
            lease.IsUsed = true;
            reports.Add(lease);
            return nowTicks;
        }
    }

    // Made once a second, by whichever thread comes first.
    private ReadOnlySpan<byte> Date(long ticks)
    {
        var second = ticks / TimeSpan.TicksPerSecond;
        var known = Volatile.Read(ref date);
        if (known.Second != second)
        {
            var at = new DateTimeOffset(second * TimeSpan.TicksPerSecond, TimeSpan.Zero);
            known = new DateText(second, Encoding.ASCII.GetBytes(at.ToString("R", CultureInfo.InvariantCulture)));
            Volatile.Write(ref date, known);
        }

        return known.Text;
    }

    /// <summary>How a message came.</summary>
    /// <param name="source">From where: <see cref="PeerKey"/>.</param>
    /// <param name="local">To which listener.</param>
    /// <param name="connection">Over which connection; null for a datagram.</param>
    private readonly ref struct Arrival(ReadOnlySpan<byte> source, IPEndPoint local, StreamFlow? connection)
    {
        public ReadOnlySpan<byte> Source { get; } = source;

        public IPEndPoint Local { get; } = local;

        public StreamFlow? Connection { get; } = connection;

        public ReadOnlySpan<byte> Transport => Connection is null ? "UDP"u8 : Connection.Transport == "tls" ? "TLS"u8 : "TCP"u8;
    }

    private sealed record DateText(long Second, byte[] Text);
}
