using System.Collections.Immutable;

namespace SipGateway.Grains.Interfaces;

/// <summary>An edge asks for the right to answer refreshes of this binding by itself.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.lease.request")]
public sealed record LeaseRequest
{
    /// <summary>When this process of the edge began, in milliseconds since 1970: a lease of an earlier one is gone with it.</summary>
    [Id(0)] public required long EdgeStartedAtMs { get; init; }

    /// <summary>The last REGISTER it accepted under the lease it had; null when it had none.</summary>
    [Id(1)] public LeaseUse? LastUse { get; init; }
}

/// <summary>The last REGISTER that was accepted under a lease.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.lease.use")]
public sealed record LeaseUse
{
    /// <summary>When its nonce was made, in milliseconds since 1970.</summary>
    [Id(0)] public required long NonceIssuedAtMs { get; init; }

    /// <summary>Its nonce.</summary>
    [Id(1)] public required string Nonce { get; init; }

    /// <summary>Its nonce count.</summary>
    [Id(2)] public required uint NonceCount { get; init; }

    /// <summary>Its CSeq.</summary>
    [Id(3)] public required uint CSeq { get; init; }

    /// <summary>When.</summary>
    [Id(4)] public required DateTimeOffset AtUtc { get; init; }
}

/// <summary>
/// The right to answer unchanged refreshes of one binding: same Call-ID, Contact and flow, right digest. Ends by its time, by a revocation,
/// by a newer version of the tenant, and with the edge's process.
/// </summary>
[GenerateSerializer, Immutable, Alias("sipgw.lease.grant")]
public sealed record LeaseGrant
{
    /// <summary>H(user:realm:password) by MD5, 32 lower-case hex digits. Never logged.</summary>
    [Id(0)] public required string Ha1 { get; init; }

    /// <summary>The binding.</summary>
    [Id(1)] public required string BindingId { get; init; }

    /// <summary>The binding's generation: a refresh of another one is nobody's.</summary>
    [Id(2)] public required long Generation { get; init; }

    /// <summary>The device's version; a revocation of a higher one ends the lease.</summary>
    [Id(3)] public required long Version { get; init; }

    /// <summary>Whose policies it was granted under.</summary>
    [Id(4)] public required string Tenant { get; init; }

    /// <summary>Their version.</summary>
    [Id(5)] public required long TenantVersion { get; init; }

    /// <summary>What a refresh is granted, in seconds, when it asks for what this REGISTER asked for.</summary>
    [Id(6)] public required uint ExpiresSeconds { get; init; }

    /// <summary>How long the lease lives; after it a refresh goes to the device's grain again.</summary>
    [Id(7)] public required TimeSpan Lifetime { get; init; }

    /// <summary>Names nobody and no secret.</summary>
    public override string ToString() => "LeaseGrant";
}

/// <summary>A refresh that an edge answered under a lease.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.lease.refresh")]
public sealed record ContactRefresh
{
    /// <summary>The device; 12 lower-case hex digits.</summary>
    [Id(0)] public required string Mac { get; init; }

    /// <summary>The binding.</summary>
    [Id(1)] public required string BindingId { get; init; }

    /// <summary>Its generation.</summary>
    [Id(2)] public required long Generation { get; init; }

    /// <summary>When it ends now.</summary>
    [Id(3)] public required DateTimeOffset ExpiresAtUtc { get; init; }

    /// <summary>When it was heard of.</summary>
    [Id(4)] public required DateTimeOffset AtUtc { get; init; }

    /// <summary>From where: address and port.</summary>
    [Id(5)] public required string Source { get; init; }
}

/// <summary>Something whose leases ended.</summary>
/// <param name="Mac">The device.</param>
/// <param name="Version">Leases of a lower version are void.</param>
[GenerateSerializer, Immutable, Alias("sipgw.lease.revoked")]
public sealed record LeaseRevocation([property: Id(0)] string Mac, [property: Id(1)] long Version);

/// <summary>What an edge must know to go on answering.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.lease.news")]
public sealed record LeaseNews
{
    /// <summary>Ended since the sequence number asked for, oldest first.</summary>
    [Id(0)] public ImmutableArray<LeaseRevocation> Revoked { get; init; } = [];

    /// <summary>Where to go on reading.</summary>
    [Id(1)] public required long Sequence { get; init; }

    /// <summary>There is more: read again at once.</summary>
    [Id(2)] public bool HasMore { get; init; }

    /// <summary>The versions of the tenants asked for, in that order.</summary>
    [Id(3)] public ImmutableArray<long> TenantVersions { get; init; } = [];
}

/// <summary>The edges' side of leases; stateless, any number of activations; key 0.</summary>
[Alias("sipgw.leases")]
public interface ILeaseGrain : IGrainWithIntegerKey
{
    /// <summary>Refreshes that an edge answered, once a second in one batch; on disk a moment later.</summary>
    [CalledByEdges, Alias("refreshed")]
    Task Refreshed(ImmutableArray<ContactRefresh> refreshes);

    /// <summary>Revocations for an edge after a sequence number (-1: from now on), and the versions of some tenants.</summary>
    [CalledByEdges, Alias("read")]
    Task<LeaseNews> Read(string edgeId, long afterSequence, ImmutableArray<string> tenants);
}
