using System.Net;
using System.Text;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip.Authentication;

namespace SipGateway.Edge;

/// <summary>
/// The right to answer one binding's unchanged refreshes, and the last use that was made of it. Everything that is compared lies in one
/// array, because there is one lease per registered phone. Members that change are read and written under a lock on the lease.
/// </summary>
internal sealed class Lease
{
    private const int HexLength = 32;

    private static readonly int VariableStart = (2 * HexLength) + NonceIssuer.TextLength;

    private readonly byte[] octets;
    private readonly ushort callIdEnd;
    private readonly ushort contactEnd;
    private readonly ushort answerEnd;

    public Lease(LeaseGrant grant, string mac, string sipUser, TenantWatch tenant, LeasedRegister register, long validUntilTicks)
    {
        Mac = mac;
        SipUser = sipUser;
        BindingId = grant.BindingId;
        Generation = grant.Generation;
        Version = grant.Version;
        Tenant = tenant;
        TenantVersion = grant.TenantVersion;
        ExpiresSeconds = grant.ExpiresSeconds;
        AskedSeconds = register.AskedSeconds;
        Local = register.Local;
        Transport = register.Transport;
        ConnectionId = register.ConnectionId;
        ValidUntilTicks = validUntilTicks;
        octets =
        [
            .. Encoding.ASCII.GetBytes(grant.Ha1), .. new byte[HexLength + NonceIssuer.TextLength], .. register.CallId.Span, .. register.Contact.Span,
            .. Encoding.UTF8.GetBytes(register.ContactAnswer), .. register.Remote,
        ];
        callIdEnd = (ushort)(VariableStart + register.CallId.Length);
        contactEnd = (ushort)(callIdEnd + register.Contact.Length);
        answerEnd = (ushort)(octets.Length - register.Remote.Length);
    }

    public string Mac { get; }

    public string SipUser { get; }

    public string BindingId { get; }

    public long Generation { get; }

    public long Version { get; }

    public TenantWatch Tenant { get; }

    public long TenantVersion { get; }

    public uint ExpiresSeconds { get; }

    /// <summary>What the Expires header asked for; -1 for none.</summary>
    public int AskedSeconds { get; }

    /// <summary>The listener the phone speaks to.</summary>
    public IPEndPoint Local { get; }

    /// <summary><c>udp</c>, <c>tcp</c> or <c>tls</c>.</summary>
    public string Transport { get; }

    /// <summary>The connection it was registered over: <see cref="Flow.Id"/>; null for datagrams, which have none.</summary>
    public string? ConnectionId { get; }

    /// <summary>UTC ticks.</summary>
    public long ValidUntilTicks { get; }

    /// <summary>H(user:realm:password), hex.</summary>
    public ReadOnlySpan<byte> Ha1 => octets.AsSpan(0, HexLength);

    public ReadOnlySpan<byte> CallId => octets.AsSpan(VariableStart..callIdEnd);

    /// <summary>The Contact header as the phone sent it.</summary>
    public ReadOnlySpan<byte> Contact => octets.AsSpan(callIdEnd..contactEnd);

    /// <summary>The Contact of the answer as far as <c>;expires=</c>.</summary>
    public ReadOnlySpan<byte> ContactAnswer => octets.AsSpan(contactEnd..answerEnd);

    /// <summary>The phone's address and port, as the socket tells it.</summary>
    public ReadOnlySpan<byte> Remote => octets.AsSpan(answerEnd);

    /// <summary>The digest response of the last use: it may be repeated, and is answered alike.</summary>
    public Span<byte> LastResponse => octets.AsSpan(HexLength, HexLength);

    /// <summary>The nonce of the last use.</summary>
    public Span<byte> LastNonce => octets.AsSpan(2 * HexLength, NonceIssuer.TextLength);

    /// <summary>When the nonce of the last use was made, microseconds since 1970.</summary>
    public long LastIssuedAtMicroseconds { get; set; }

    public uint LastCount { get; set; }

    public uint LastCSeq { get; set; }

    /// <summary>UTC ticks of the last use.</summary>
    public long LastUsedTicks { get; set; }

    /// <summary>Whether it was used at all; before, the grain knows everything.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Whether the last use waits to be reported.</summary>
    public bool IsDirty { get; set; }

    /// <summary>No more uses. It stays known, because the grain must hear of the last one.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Names nobody and no secret.</summary>
    public override string ToString() => "Lease";
}

/// <summary>The REGISTER a lease was granted for, as far as a refresh must equal it.</summary>
/// <param name="CallId">Its Call-ID.</param>
/// <param name="Contact">Its Contact header's value.</param>
/// <param name="ContactAnswer">The answer's Contact as far as <c>;expires=</c>.</param>
/// <param name="AskedSeconds">Its Expires header; -1 for none.</param>
/// <param name="Local">The listener it came to.</param>
/// <param name="Remote">Where it came from: <see cref="PeerKey"/>.</param>
/// <param name="Transport">What it came over.</param>
/// <param name="ConnectionId">Which connection; null for a datagram.</param>
internal sealed record LeasedRegister(
    ReadOnlyMemory<byte> CallId, ReadOnlyMemory<byte> Contact, string ContactAnswer, int AskedSeconds, IPEndPoint Local, byte[] Remote, string Transport,
    string? ConnectionId);

/// <summary>A tenant whose policies leases go by, and the version last heard of.</summary>
internal sealed class TenantWatch(string name)
{
    private long version;

    public string Name => name;

    public long Version
    {
        get => Volatile.Read(ref version);
        set => Volatile.Write(ref version, value);
    }
}

/// <summary>A peer's address and port as octets: what tells two peers apart in a socket address.</summary>
internal static class PeerKey
{
    // sockaddr_in: family 2, port 2, address 4. sockaddr_in6: family 2, port 2, flow 4, address 16.
    private const int Ipv4Length = 8;
    private const int Ipv6Length = 24;

    public static ReadOnlySpan<byte> Of(SocketAddress address) =>
        address.Buffer.Span[..(address.Family == System.Net.Sockets.AddressFamily.InterNetwork ? Ipv4Length : Ipv6Length)];
}
