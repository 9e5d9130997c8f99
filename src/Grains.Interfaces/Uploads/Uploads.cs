using System.Collections.Immutable;

namespace SipGateway.Grains.Interfaces;

/// <summary>A phone in service sends a file: its log, its directory, a report.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.upload.keep")]
public sealed record KeepFileCommand
{
    /// <summary>The random part of the device token in the URL.</summary>
    [Id(0)] public required string TokenRandom { get; init; }

    /// <summary>The file's name: at most 64 letters, digits and <c>. _ -</c>.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>What is in it, as sent.</summary>
    [Id(2)] public required ImmutableArray<byte> Content { get; init; }

    /// <summary>The peer: address and port.</summary>
    [Id(3)] public required string Source { get; init; }

    /// <summary>Hides the token.</summary>
    public override string ToString() => $"KeepFileCommand {Name}";
}

/// <summary>A file that a phone sent.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.upload.file")]
public sealed record PhoneFile
{
    /// <summary>Its name.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>When it came.</summary>
    [Id(1)] public required DateTimeOffset AtUtc { get; init; }

    /// <summary>Its length in bytes.</summary>
    [Id(2)] public required int Length { get; init; }

    /// <summary>What is in it; empty in lists.</summary>
    [Id(3)] public ImmutableArray<byte> Content { get; init; } = [];
}

public partial interface IDeviceGrain
{
    /// <summary>Keeps a file of the phone in the seat.</summary>
    /// <returns>False: the token is not this device's; nothing was kept.</returns>
    [CalledByEdges, Alias("keepFile")]
    Task<bool> KeepFile(KeepFileCommand command);

    /// <summary>Gives a phone back what it sent, to the same token and while the same user is signed in.</summary>
    /// <returns>Null: there is no such file for it.</returns>
    [CalledByEdges, Alias("returnFile")]
    Task<PhoneFile?> ReturnFile(string tokenRandom, string name);

    /// <summary>What the phone of this tenant sent, newest first, without the contents; null when the tenant does not hold it.</summary>
    [Alias("listFiles")]
    Task<ImmutableArray<PhoneFile>?> ListFiles(string tenant);

    /// <summary>One of them, whole; null when there is none.</summary>
    [Alias("getFile")]
    Task<PhoneFile?> GetFile(string tenant, string name);
}

/// <summary>
/// What one phone sent; key: its MAC. A grain of its own, because it is large and rarely asked; called by the phone's grain, which knows whose the
/// files are.
/// </summary>
[Alias("sipgw.files")]
public interface IPhoneFilesGrain : IGrainWithStringKey
{
    /// <summary>Keeps a file; those of another owner are forgotten, and the oldest when there are too many.</summary>
    /// <param name="owner">Whose: tenant and user.</param>
    /// <param name="name">A checked name.</param>
    /// <param name="content">What is in it.</param>
    [Alias("keep")]
    Task Keep(string owner, string name, ImmutableArray<byte> content);

    /// <summary>The owner's files, newest first, without contents.</summary>
    [Alias("list")]
    Task<ImmutableArray<PhoneFile>> List(string owner);

    /// <summary>One of the owner's; null when there is none.</summary>
    [Alias("get")]
    Task<PhoneFile?> Get(string owner, string name);

    /// <summary>Forgets all.</summary>
    [Alias("clear")]
    Task Clear();
}
