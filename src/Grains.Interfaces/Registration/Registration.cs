using System.Collections.Immutable;

namespace SipGateway.Grains.Interfaces;

/// <summary>The flow a request came on, by which the phone can be reached again.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.registration.flow")]
public sealed record FlowFacts
{
    /// <summary>The edge that holds it.</summary>
    [Id(0)] public required string EdgeId { get; init; }

    /// <summary>The edge's own name for it; a new connection has a new one.</summary>
    [Id(1)] public required string FlowId { get; init; }

    /// <summary><c>udp</c>, <c>tcp</c> or <c>tls</c>.</summary>
    [Id(2)] public required string Transport { get; init; }

    /// <summary>The peer: address and port.</summary>
    [Id(3)] public required string Source { get; init; }
}

/// <summary>
/// Digest evidence (RFC 7616) as plain facts. The edge has verified that the nonce is ours and in time; who knows the secret verifies the response.
/// </summary>
[GenerateSerializer, Immutable, Alias("sipgw.registration.digest")]
public sealed record DigestEvidence
{
    /// <summary><c>MD5</c> or <c>SHA-256</c>.</summary>
    [Id(0)] public required string Algorithm { get; init; }

    /// <summary>User name as sent.</summary>
    [Id(1)] public required string UserName { get; init; }

    /// <summary>Realm as sent; the edge checked that it is ours.</summary>
    [Id(2)] public required string Realm { get; init; }

    /// <summary>The digest-uri as sent.</summary>
    [Id(3)] public required string Uri { get; init; }

    /// <summary>The SIP method.</summary>
    [Id(4)] public required string Method { get; init; }

    /// <summary>The nonce.</summary>
    [Id(5)] public required string Nonce { get; init; }

    /// <summary>When the nonce was made, in milliseconds since 1970: later nonces are newer.</summary>
    [Id(6)] public required long NonceIssuedAtMs { get; init; }

    /// <summary>Nonce count; 0 when no qop was used.</summary>
    [Id(7)] public required uint NonceCount { get; init; }

    /// <summary>Client nonce; empty without qop.</summary>
    [Id(8)] public string CNonce { get; init; } = "";

    /// <summary><c>auth</c>, <c>auth-int</c> or empty.</summary>
    [Id(9)] public string Qop { get; init; } = "";

    /// <summary>Lower-case hex.</summary>
    [Id(10)] public required string Response { get; init; }

    /// <summary>Lower-case hex hash of the body by the same algorithm, for auth-int; empty otherwise.</summary>
    [Id(11)] public string BodyHash { get; init; } = "";
}

/// <summary>Who sends. Exactly one of <see cref="Candidate"/> and <see cref="Epoch"/> is set.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.registration.caller")]
public sealed record SipCaller
{
    /// <summary>The tagged SIP user name.</summary>
    [Id(0)] public required string SipUser { get; init; }

    /// <summary>A candidate, its digest already verified by the edge.</summary>
    [Id(1)] public CandidateFacts? Candidate { get; init; }

    /// <summary>The credential epoch of a device's name; its digest is this grain's to verify.</summary>
    [Id(2)] public uint? Epoch { get; init; }

    /// <summary>The line; 1 for a desk phone.</summary>
    [Id(3)] public byte Line { get; init; } = 1;

    /// <summary>The digest.</summary>
    [Id(4)] public required DigestEvidence Digest { get; init; }

    /// <summary>The SIP User-Agent; cut at 200 characters.</summary>
    [Id(5)] public string UserAgent { get; init; } = "";
}

/// <summary>One Contact of a REGISTER.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.registration.contact")]
public sealed record ContactOffer
{
    /// <summary>The URI exactly as sent.</summary>
    [Id(0)] public required string Uri { get; init; }

    /// <summary>The URI in the canonical spelling by which two Contacts are compared (RFC 3261 §19.1.4).</summary>
    [Id(1)] public required string CanonicalUri { get; init; }

    /// <summary>Seconds asked for, from the parameter, else the header; null: default. 0 removes.</summary>
    [Id(2)] public uint? ExpiresSeconds { get; init; }

    /// <summary><c>+sip.instance</c>; empty for none.</summary>
    [Id(3)] public string InstanceId { get; init; } = "";

    /// <summary><c>reg-id</c>; 0 for none.</summary>
    [Id(4)] public int RegId { get; init; }

    /// <summary>Other header parameters as sent (<c>;q=0.5;x=y</c>), returned unchanged; empty for none.</summary>
    [Id(5)] public string Parameters { get; init; } = "";
}

/// <summary>A REGISTER, stripped of SIP.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.registration.command")]
public sealed record RegisterCommand
{
    /// <summary>Who.</summary>
    [Id(0)] public required SipCaller Caller { get; init; }

    /// <summary>The flow.</summary>
    [Id(1)] public required FlowFacts Flow { get; init; }

    /// <summary>Call-ID: with the CSeq the key by which a repetition is recognised.</summary>
    [Id(2)] public required string CallId { get; init; }

    /// <summary>CSeq number.</summary>
    [Id(3)] public required uint CSeq { get; init; }

    /// <summary>Contacts; empty: a query.</summary>
    [Id(4)] public ImmutableArray<ContactOffer> Contacts { get; init; } = [];

    /// <summary><c>Contact: *</c> with <c>Expires: 0</c>.</summary>
    [Id(5)] public bool RemoveAll { get; init; }

    /// <summary>Path values as sent, top first (RFC 3327).</summary>
    [Id(6)] public ImmutableArray<string> Path { get; init; } = [];

    /// <summary>What the edge knows and wants of a lease; null: it takes none.</summary>
    [Id(7)] public LeaseRequest? Lease { get; init; }
}

/// <summary>How a REGISTER ended.</summary>
[GenerateSerializer, Alias("sipgw.registration.status")]
public enum RegisterStatus
{
    /// <summary>200 with the bindings.</summary>
    Accepted,

    /// <summary>401 with a fresh nonce: the digest is wrong, or the name is not known any more.</summary>
    WrongDigest,

    /// <summary>401 with stale=true: the nonce (or its count) was used before.</summary>
    StaleNonce,

    /// <summary>423 with Min-Expires.</summary>
    IntervalTooBrief,

    /// <summary>400: the CSeq is not above the last one of this Call-ID.</summary>
    OutOfOrder,
}

/// <summary>One binding as the 200 lists it.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.registration.binding")]
public sealed record BindingAnswer
{
    /// <summary>The URI exactly as registered.</summary>
    [Id(0)] public required string Uri { get; init; }

    /// <summary>Seconds that remain.</summary>
    [Id(1)] public required uint ExpiresSeconds { get; init; }

    /// <summary>Other parameters as registered.</summary>
    [Id(2)] public string Parameters { get; init; } = "";
}

/// <summary>The end of a REGISTER.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.registration.outcome")]
public sealed record RegisterOutcome
{
    /// <summary>How.</summary>
    [Id(0)] public required RegisterStatus Status { get; init; }

    /// <summary>All bindings of this credential.</summary>
    [Id(1)] public ImmutableArray<BindingAnswer> Bindings { get; init; } = [];

    /// <summary>For 423.</summary>
    [Id(2)] public uint MinExpiresSeconds { get; init; }

    /// <summary>The lease granted; null for none.</summary>
    [Id(3)] public LeaseGrant? Lease { get; init; }
}

public partial interface IDeviceGrain
{
    /// <summary>A REGISTER: verifies the digest (devices), replay and order, then binds. A new, moved or removed binding is on disk at reply.</summary>
    [CalledByEdges, Alias("register")]
    Task<RegisterOutcome> Register(RegisterCommand command);
}
