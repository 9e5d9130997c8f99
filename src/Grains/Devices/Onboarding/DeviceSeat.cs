using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>The one place of the phone that was promoted: whose it is, by what it proves itself, who is signed in.</summary>
internal sealed record DeviceSeat
{
    public required string Tenant { get; init; }

    public required DateTimeOffset SinceUtc { get; init; }

    public required uint Epoch { get; init; }

    public required string LockedSipSecret { get; init; }

    public required string ConfigTokenRandom { get; init; }

    public required string ScreenTokenRandom { get; init; }

    public required TrustLevel Trust { get; init; }

    /// <summary>The address that was served last; empty while never.</summary>
    public string ServedAddress { get; init; } = "";

    public Handout? Handout { get; init; }

    public SeatUser? User { get; init; }

    public string WantedConfigHash { get; init; } = "";

    public string AppliedConfigHash { get; init; } = "";

    public DateTimeOffset? AppliedAtUtc { get; init; }

    public DateTimeOffset? ResyncOrderedAtUtc { get; init; }

    /// <summary>Let go because it was not heard of; its token brings it back.</summary>
    public bool IsOffboarded { get; init; }

    public ImmutableArray<string> Alerts { get; init; } = [];
}

/// <summary>The window in which the promoted candidate's own URL gives the device's configuration.</summary>
internal sealed record Handout
{
    public required string CandidateId { get; init; }

    public required string Address { get; init; }

    public required DateTimeOffset UntilUtc { get; init; }

    /// <summary>Somebody else asked with the same candidate: closed.</summary>
    public bool IsStopped { get; init; }
}

/// <summary>Who is signed in.</summary>
internal sealed record SeatUser
{
    public required string UserId { get; init; }

    public string DisplayName { get; init; } = "";

    public string PhoneNumber { get; init; } = "";

    public string PolicyId { get; init; } = "";
}

/// <summary>
/// What a promotion or a change of account hands to the phone; made by the grain, so that rules stay free of chance, and only when a rule wants it: nearly
/// every fetch hands out nothing new.
/// </summary>
internal sealed class FreshCredential(Func<(string LockedSipSecret, string ConfigTokenRandom, string ScreenTokenRandom)> make)
{
    private readonly Lazy<(string LockedSipSecret, string ConfigTokenRandom, string ScreenTokenRandom)> made = new(make, LazyThreadSafetyMode.None);

    public string LockedSipSecret => made.Value.LockedSipSecret;

    public string ConfigTokenRandom => made.Value.ConfigTokenRandom;

    public string ScreenTokenRandom => made.Value.ScreenTokenRandom;
}
