using System.Text.Json.Serialization;

namespace SipGateway.Grains.Devices;

/// <summary>One registered Contact, of a candidate or of a credential epoch.</summary>
internal sealed record DeviceBinding
{
    /// <summary>Unique in the device; names the row in the contact table.</summary>
    public required string Id { get; init; }

    /// <summary><see cref="CredentialName"/>.</summary>
    public required string Credential { get; init; }

    public required string Uri { get; init; }

    public required string CanonicalUri { get; init; }

    public string Parameters { get; init; } = "";

    public string InstanceId { get; init; } = "";

    public int RegId { get; init; }

    public required string EdgeId { get; init; }

    public required string FlowId { get; init; }

    public required string Transport { get; init; }

    public required string Source { get; init; }

    public required string CallId { get; init; }

    public string UserAgent { get; init; } = "";

    /// <summary>The proxies between (RFC 3327), top first, as a Route; null for none, which is not written at all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Path { get; init; }

    /// <summary>Another one whenever it is made or moved, and always a higher one.</summary>
    public required long Generation { get; init; }

    public required DateTimeOffset ExpiresAtUtc { get; init; }

    public required DateTimeOffset LastSeenAtUtc { get; init; }

    public required bool IsRestricted { get; init; }

    /// <summary>When the process of <see cref="EdgeId"/> that holds a lease began, in milliseconds since 1970; 0: nobody holds one. Any
    /// activation can so tell whose refreshes it may not know of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long LeaseEdgeStartedAtMs { get; init; }
}

/// <summary>The last accepted request of one credential: what a replay is told by.</summary>
internal sealed record CredentialUse
{
    public required string Credential { get; init; }

    public required long NonceIssuedAtMs { get; init; }

    public required string Nonce { get; init; }

    public required uint NonceCount { get; init; }

    /// <summary>Of the last REGISTER; empty when there was none.</summary>
    public string CallId { get; init; } = "";

    public uint CSeq { get; init; }

    /// <summary>The digest response of that REGISTER: an equal repetition gets the same answer.</summary>
    public string Response { get; init; } = "";

    public DateTimeOffset? AtUtc { get; init; }

    /// <summary>When the phone last came by another edge than the one that held a lease.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? MovedEdgeAtUtc { get; init; }
}

/// <summary>A credential that was good once: registers restricted, so that the phone learns of its successor.</summary>
internal sealed record RetiredCredential
{
    public required uint Epoch { get; init; }

    public required string LockedSipSecret { get; init; }

    public required DateTimeOffset UntilUtc { get; init; }
}

/// <summary>How bindings and uses name the credential they belong to.</summary>
internal static class CredentialName
{
    public static string OfCandidate(string candidateId) => "c" + candidateId;

    public static string OfEpoch(uint epoch) => FormattableString.Invariant($"d{epoch}");

    public static bool IsCandidate(string credential) => credential.StartsWith('c');
}
