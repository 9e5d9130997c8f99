using System.Collections.Immutable;

namespace SipGateway.Grains.Interfaces;

/// <summary>A candidate that an edge has unsealed and found alive.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.onboarding.candidate")]
public sealed record CandidateFacts
{
    /// <summary>32 hex digits: which candidate of this MAC.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>When its bootstrap was made.</summary>
    [Id(1)] public required DateTimeOffset IssuedAtUtc { get; init; }
}

/// <summary>What a phone says of itself over HTTP.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.onboarding.phone")]
public sealed record PhoneIdentity
{
    /// <summary>Vendor folder's name, such as <c>yealink</c>.</summary>
    [Id(0)] public required string Vendor { get; init; }

    /// <summary>Model, such as <c>T46S</c>.</summary>
    [Id(1)] public required string Model { get; init; }

    /// <summary>Firmware, such as <c>66.86.5.1</c>.</summary>
    [Id(2)] public string Firmware { get; init; } = "";
}

/// <summary>Which file of the boot order was asked for.</summary>
[GenerateSerializer, Alias("sipgw.onboarding.file")]
public enum ConfigFile
{
    /// <summary>The first file of the boot order: proof of a boot.</summary>
    Boot,

    /// <summary>The file that all phones of a model share.</summary>
    Common,

    /// <summary>The device's own file: fetched means delivered.</summary>
    Device,

    /// <summary>The only file of the boot order: proof of a boot, and delivered.</summary>
    Whole,
}

/// <summary>How a phone that knew nothing was told of this gateway, by the first folder of the URL it was told.</summary>
[GenerateSerializer, Alias("sipgw.onboarding.origin")]
public enum PhoneOrigin
{
    /// <summary>By hand, or nobody noted it.</summary>
    Unknown,

    /// <summary>By its network's DHCP server.</summary>
    Dhcp,

    /// <summary>By its vendor's redirect service.</summary>
    Redirect,

    /// <summary>By an edge in its own network, which answered its multicast.</summary>
    PlugAndPlay,
}

/// <summary>What a fetch of a file says.</summary>
public static class ConfigFiles
{
    /// <summary>The phone began its boot order.</summary>
    public static bool IsBoot(this ConfigFile file) => file is ConfigFile.Boot or ConfigFile.Whole;

    /// <summary>The phone took its own configuration.</summary>
    public static bool IsOwn(this ConfigFile file) => file is ConfigFile.Device or ConfigFile.Whole;
}

/// <summary>A fetch under <c>/d/TOKEN/</c>. Exactly one of <see cref="Candidate"/> and <see cref="TokenRandom"/> is set.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.onboarding.fetch")]
public sealed record FetchConfigCommand
{
    /// <summary>The candidate whose URL it is.</summary>
    [Id(0)] public CandidateFacts? Candidate { get; init; }

    /// <summary>The random part of the device token in the URL.</summary>
    [Id(1)] public string? TokenRandom { get; init; }

    /// <summary>The file.</summary>
    [Id(2)] public required ConfigFile File { get; init; }

    /// <summary>Over TLS. Over plain http only bootstrap content or the way to TLS is given.</summary>
    [Id(3)] public required bool IsSecure { get; init; }

    /// <summary>The peer: address and port.</summary>
    [Id(4)] public required string Source { get; init; }

    /// <summary>What the phone says it is.</summary>
    [Id(5)] public required PhoneIdentity Phone { get; init; }

    /// <summary>A factory certificate for this MAC was shown.</summary>
    [Id(6)] public bool HasCertificate { get; init; }

    /// <summary>How many lines a device of this model has; 1 for a desk phone.</summary>
    [Id(7)] public int Lines { get; init; } = 1;

    /// <summary>How the phone came, as its candidate's URL says.</summary>
    [Id(8)] public PhoneOrigin Origin { get; init; }
}

/// <summary>A fetch that was refused because of its user agent.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.onboarding.unsupported")]
public sealed record UnsupportedFetch
{
    /// <summary>What the program says it is; at most 100 characters, printable.</summary>
    [Id(0)] public required string UserAgent { get; init; }

    /// <summary>The peer: address and port.</summary>
    [Id(1)] public required string Source { get; init; }
}

/// <summary>What the file shall say.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.onboarding.fetched")]
public sealed record FetchConfigOutcome
{
    /// <summary>The device's own configuration; null: give the bootstrap answer (of this very candidate, when one asked).</summary>
    [Id(0)] public PhoneConfig? Config { get; init; }

    /// <summary>The tenant's language, time zone and so on, for a claimed device's bootstrap; null for the gateway's own.</summary>
    [Id(1)] public EffectivePolicy? BootstrapPolicy { get; init; }

    /// <summary>The configuration is this phone's and goes out over TLS alone: send the phone to the same path there.</summary>
    [Id(2)] public bool IsForTls { get; init; }

    /// <summary>The oldest firmware that works on this phone by the compatibility table; empty when none is known.</summary>
    [Id(3)] public string MinFirmware { get; init; } = "";
}

/// <summary>Everything that a device's own file is rendered from. Equal values give equal bytes.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.onboarding.config")]
public sealed record PhoneConfig
{
    /// <summary>SIP user name and digest user name.</summary>
    [Id(0)] public required string SipUser { get; init; }

    /// <summary>SIP password. A secret.</summary>
    [Id(1)] public required string SipPassword { get; init; }

    /// <summary>Random part of the configuration token. A secret.</summary>
    [Id(2)] public required string ConfigTokenRandom { get; init; }

    /// <summary>Random part of the screen token.</summary>
    [Id(3)] public required string ScreenTokenRandom { get; init; }

    /// <summary>A user is signed in.</summary>
    [Id(4)] public required bool IsSignedIn { get; init; }

    /// <summary>The user's name; empty when nobody is signed in.</summary>
    [Id(5)] public string DisplayName { get; init; } = "";

    /// <summary>The user's number; empty for none.</summary>
    [Id(6)] public string PhoneNumber { get; init; } = "";

    /// <summary>What applies to this device.</summary>
    [Id(7)] public required EffectivePolicy Policy { get; init; }

    /// <summary>Hash of all the above; what "up to date" is judged by.</summary>
    [Id(8)] public required string Hash { get; init; }

    /// <summary>The device's other lines, in the order of their numbers. Not part of the hash: each line has one of its own.</summary>
    [Id(9)] public ImmutableArray<LineConfig> Lines { get; init; } = [];

    /// <summary>Names the device, no secret.</summary>
    public override string ToString() => $"PhoneConfig {Hash}";
}

public partial interface IDeviceGrain
{
    /// <summary>A fetch of one file under a token: bootstrap or the device's own configuration, hand-out rules of DESIGN §7 applied.</summary>
    [CalledByEdges, Alias("fetchConfig")]
    Task<FetchConfigOutcome> FetchConfig(FetchConfigCommand command);

    /// <summary>
    /// Something that is no supported phone asked for this MAC's file and was refused. Whoever claimed or holds the phone reads it in the
    /// timeline, at most once an hour; for a MAC that nobody claimed nothing is kept.
    /// </summary>
    [CalledByEdges, Alias("noteUnsupported")]
    Task NoteUnsupported(UnsupportedFetch fetch);
}
