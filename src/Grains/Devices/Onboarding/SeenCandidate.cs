using System.Text.Json.Serialization;

namespace SipGateway.Grains.Devices;

/// <summary>A candidate that registered or dialled.</summary>
internal sealed record SeenCandidate
{
    public required string Id { get; init; }

    public required DateTimeOffset IssuedAtUtc { get; init; }

    public required DateTimeOffset SeenAtUtc { get; init; }

    public required string FirstSource { get; init; }

    public string Vendor { get; init; } = "";

    public string Model { get; init; } = "";

    public string Firmware { get; init; } = "";

    public int WrongCodes { get; init; }

    /// <summary>It was given to a phone that showed the factory certificate of this MAC.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasCertificate { get; init; }

    /// <summary>Five wrong codes, or a second claimant: it may register and nothing else.</summary>
    public bool IsStopped { get; init; }
}
