using System.Collections.Immutable;
using Orleans.Concurrency;

namespace SipGateway.Grains.Interfaces;

/// <summary>An edge's ear. One edge has 64, because calls to one observer run one at a time.</summary>
[Alias("sipgw.edge.observer")]
public interface IEdgeObserver : IGrainObserver
{
    /// <summary>Send this NOTIFY. Answered when the order was taken, not when it was sent: the report comes back as a command to the device.</summary>
    [Alias("notify")]
    Task Notify(NotifyOrder order);

    /// <summary>A request within one of this edge's calls came to another edge. Answered from memory: no phone is waited for.</summary>
    [Alias("take")]
    Task<PassedAnswer> Take(PassedRequest request);
}

/// <summary>A request within a call (RFC 3261 §12.2) that reached another edge than the one that holds the call.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.edge.passed")]
public sealed record PassedRequest
{
    /// <summary>ACK, BYE or INVITE.</summary>
    [Id(0)] public required string Method { get; init; }

    /// <summary>Which call: its Call-ID.</summary>
    [Id(1)] public required string CallId { get; init; }

    /// <summary>Which call: the gateway's tag, 64 random bits that only the phone was told.</summary>
    [Id(2)] public required string LocalTag { get; init; }

    /// <summary>What it carries; empty for nothing.</summary>
    [Id(3)] public ImmutableArray<byte> Body { get; init; } = [];
}

/// <summary>What to answer the phone with.</summary>
/// <param name="StatusCode">A final status; nothing is answered to an ACK.</param>
[GenerateSerializer, Immutable, Alias("sipgw.edge.passed-answer")]
public sealed record PassedAnswer([property: Id(0)] int StatusCode);

/// <summary>What an edge says of itself.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.edge.facts")]
public sealed record EdgeFacts
{
    /// <summary>The edge's name.</summary>
    [Id(0)] public required string EdgeId { get; init; }

    /// <summary>When this process of it started; an older start's flows are gone.</summary>
    [Id(1)] public required DateTimeOffset StartedAtUtc { get; init; }

    /// <summary>SIP address as phones are told it.</summary>
    [Id(2)] public required string SipEndpoint { get; init; }

    /// <summary>Software version.</summary>
    [Id(3)] public string Version { get; init; } = "";

    /// <summary>Sources that walk MACs, each a sentence for the operator; at most 20, the newest last, each for an hour.</summary>
    [Id(4)] public ImmutableArray<string> Alerts { get; init; } = [];

    /// <summary>Where phones that trust nobody yet are told to fetch from, such as <c>http://phones.example.com:8080</c>; empty when it did not say.</summary>
    [Id(5)] public string ProvisioningRoot { get; init; } = "";

    /// <summary>The region it stands in; empty for none.</summary>
    [Id(6)] public string Region { get; init; } = "";

    /// <summary>REGISTER requests that it granted, over the last ten seconds.</summary>
    [Id(7)] public double RegistrationsPerSecond { get; init; }
}

/// <summary>An edge as an admin sees it.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.edge.view")]
public sealed record EdgeView
{
    /// <summary>What it said.</summary>
    [Id(0)] public required EdgeFacts Facts { get; init; }

    /// <summary>When it last renewed.</summary>
    [Id(1)] public required DateTimeOffset RenewedAtUtc { get; init; }
}

/// <summary>The address book of one edge; key: the edge's name. Holds nothing durable: an edge renews every few seconds.</summary>
[Alias("sipgw.edge")]
public interface IEdgeGrain : IGrainWithStringKey
{
    /// <summary>How many observers an edge has.</summary>
    const int ObserverCount = 64;

    /// <summary>An edge's observers, renewed at least every minute.</summary>
    [CalledByEdges, Alias("renew")]
    Task Renew(EdgeFacts facts, ImmutableArray<IEdgeObserver> observers);

    /// <summary>The observer for a shard (0 to 63); null when the edge has not renewed for two minutes.</summary>
    [Alias("find")]
    Task<IEdgeObserver?> Find(int shard);

    /// <summary>Hands a request within a call to the edge that holds the call.</summary>
    /// <returns>What that edge says; null when it is away, and its calls with it.</returns>
    [CalledByEdges, AlwaysInterleave, Alias("pass-on")]
    Task<PassedAnswer?> PassOn(PassedRequest request);

    /// <summary>For the admin; null when the edge is away.</summary>
    [Alias("get")]
    Task<EdgeView?> Get();

    /// <summary>The edge goes away in order.</summary>
    [CalledByEdges, Alias("leave")]
    Task Leave(DateTimeOffset startedAtUtc);
}

/// <summary>Who are the edges; one grain, key <c>edges</c>; read by admins only, never on a packet's path.</summary>
[Alias("sipgw.edges")]
public interface IEdgeListGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "edges";

    /// <summary>An edge is there (called by its grain).</summary>
    [Alias("note")]
    Task Note(EdgeView edge);

    /// <summary>Edges that renewed in the last two minutes.</summary>
    [Alias("list")]
    Task<ImmutableArray<EdgeView>> List();
}
