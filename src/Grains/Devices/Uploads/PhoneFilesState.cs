using System.Collections.Immutable;
using SipGateway.Storage;

namespace SipGateway.Grains.Devices;

/// <summary>What is stored of one phone's files.</summary>
internal sealed class PhoneFilesState : StoredState
{
    /// <inheritdoc/>
    public override int SchemaVersion => 1;

    /// <summary>Tenant and user.</summary>
    public string Owner { get; set; } = "";

    /// <summary>The oldest first.</summary>
    public ImmutableArray<StoredPhoneFile> Files { get; set; } = [];
}

/// <summary>One file on disk.</summary>
internal sealed record StoredPhoneFile
{
    public required string Name { get; init; }

    public required DateTimeOffset AtUtc { get; init; }

    /// <summary>Of the file as it came, in bytes.</summary>
    public required int Length { get; init; }

    /// <summary>The file, gzip and then under the key ring: it may hold what the phone's user typed.</summary>
    public required string LockedContent { get; init; }
}
