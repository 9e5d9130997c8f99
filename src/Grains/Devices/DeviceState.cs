using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains.Devices;

/// <summary>What is stored of one phone. Never changed in place: a decision works on a copy, whose parts are immutable.</summary>
internal sealed class DeviceState : StoredState
{
    /// <inheritdoc/>
    public override int SchemaVersion => 2;

    /// <summary>Rises with every write; the etag.</summary>
    public long Version { get; set; }

    public DateTimeOffset? CreatedAtUtc { get; set; }

    public DateTimeOffset? LastSeenAtUtc { get; set; }

    public string LastSource { get; set; } = "";

    public string Vendor { get; set; } = "";

    public string Model { get; set; } = "";

    public string Firmware { get; set; } = "";

    /// <summary>How the phone came to us when it was enrolled.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public PhoneOrigin Origin { get; set; }

    /// <summary>The last counter a code was drawn with; over all tenants, so that no two claims share one.</summary>
    public long CodeCounter { get; set; }

    /// <summary>The last credential epoch; never goes back, not even by deletion.</summary>
    public uint Epoch { get; set; }

    public ImmutableArray<DeviceClaim> Claims { get; set; } = [];

    /// <summary>The policy that a tenant's admin gave this very device, by tenant; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, string>? DevicePolicies { get; set; }

    public ImmutableArray<SeenCandidate> Candidates { get; set; } = [];

    public DeviceSeat? Seat { get; set; }

    /// <summary>A line that came to its seat with its device, and whose own code was not dialled yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsWaitingForCode { get; set; }

    public ImmutableArray<RetiredCredential> Retired { get; set; } = [];

    /// <summary>In rows of their own: <see cref="StoredBinding"/>.</summary>
    [JsonIgnore]
    public ImmutableArray<DeviceBinding> Bindings { get; set; } = [];

    public ImmutableArray<CredentialUse> Uses { get; set; } = [];

    public ImmutableArray<NotifyIntent> Intents { get; set; } = [];

    public ImmutableArray<PendingOperation> Operations { get; set; } = [];

    public StoredAttempt? Attempt { get; set; }

    /// <summary>The last operation that the phone did not carry out; null once it came for its files since.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FailedOperation? Failed { get; set; }

    /// <summary>Since when the phone has to fetch another configuration than it has; null when it has the present one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ConfigOwedSinceUtc { get; set; }

    public ImmutableArray<AnsweredDeviceCommand> Answered { get; set; } = [];

    public ImmutableArray<AnsweredDial> Dials { get; set; } = [];

    public DeviceState Copy() => (DeviceState)MemberwiseClone();
}
