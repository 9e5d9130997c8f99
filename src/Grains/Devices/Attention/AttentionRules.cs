using System.Collections.Immutable;
using System.Text.Json;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>
/// Which devices need a person, and why. Told by what the state holds anyway: a reason comes and goes with a write that happens for what it is about. The two
/// that come with time have a due time of the device.
/// </summary>
internal static class AttentionRules
{
    /// <summary>How long a phone may take to fetch a changed configuration: the hour in which a change is promised to reach it.</summary>
    public static readonly TimeSpan ConfigLimit = TimeSpan.FromHours(1);

    /// <summary>How long a phone may take from fetching its account to registering with it: three times the slowest boot of a desk phone.</summary>
    public static readonly TimeSpan RegistrationLimit = TimeSpan.FromMinutes(15);

    /// <summary>The reasons as one tenant may see them, in the order of the enumeration.</summary>
    public static ImmutableArray<AttentionReason> Of(DeviceState state, string tenant, DateTimeOffset now, DeviceOptions options)
    {
        var seat = state.Seat is { IsOffboarded: false } held && held.Tenant == tenant ? held : null;
        return [.. Enum.GetValues<AttentionReason>().Where(reason => reason == AttentionReason.CodeLocked
            ? IsCodeLocked(state, tenant, options)
            : seat is not null && Has(reason, state, seat, now, options))];
    }

    /// <summary>As the inventory has them.</summary>
    public static string Words(ImmutableArray<AttentionReason> reasons) => string.Join(' ', reasons.Select(Word));

    /// <summary>The name as the API shows it.</summary>
    public static string Word(AttentionReason reason) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(reason.ToString());

    /// <summary>When the next reason comes with time; null: none will.</summary>
    public static DateTimeOffset? NextDue(DeviceState state, DateTimeOffset now)
    {
        if (state.Seat is not { IsOffboarded: false } seat) return null;
        var config = state.ConfigOwedSinceUtc + ConfigLimit;
        var registration = HasRegistered(state, seat) ? null : seat.AppliedAtUtc + RegistrationLimit;
        DateTimeOffset?[] coming = [config > now ? config : null, registration > now ? registration : null];
        return coming.Min();
    }

    /// <summary>The registration that was missed is here: the row that says otherwise is written with it.</summary>
    public static bool RegistersAtLast(DeviceState before, DeviceState next, DateTimeOffset now) =>
        before.Seat is { } seat && IsNotRegistering(before, seat, now) && next.Seat is { } after && HasRegistered(next, after);

    /// <summary>What an admin who has seen to it takes away; the rest ends by what the phone does.</summary>
    public static CommandOutcome Resolve(ResolveAttentionCommand command, DeviceChange change)
    {
        var by = command.Context;
        if (CommandRules.Before(change.Next, by) is { } answer) return answer;
        if (!CommandRules.Knows(change.Next, by.Tenant)) return CommandRules.Unknown(change.Context.Mac);
        var present = Of(change.Next, by.Tenant, change.Now, change.Options);
        var wanted = command.Reasons.IsDefaultOrEmpty ? [.. present.Where(IsForAnAdmin)] : command.Reasons;
        var others = command.Reasons.IsDefaultOrEmpty && wanted.IsEmpty ? present : [.. wanted.Where(reason => !IsForAnAdmin(reason))];
        if (others.Length > 0) return Refusal.NotNow("NOT_RESOLVED_BY_HAND", string.Join(' ', others.Select(WayOut)));
        var resolved = wanted.Intersect(present).ToImmutableArray();
        if (resolved.IsEmpty) return change.Done(by);
        foreach (var reason in resolved) Remove(reason, change);
        change.Audit(by, "device.resolveAttention", Words(resolved));
        change.Event(by.Tenant, "onboarding.resolved", $"An admin has seen to what needed attention: {string.Join(", ", resolved.Select(Word))}.");
        return change.Done(by);
    }

    private static bool Has(AttentionReason reason, DeviceState state, DeviceSeat seat, DateTimeOffset now, DeviceOptions options) => reason switch
    {
        AttentionReason.Conflict => seat.Alerts.Length > 0,
        AttentionReason.OperationFailed => state.Failed is not null,
        AttentionReason.SignInFailed => seat.User is null
            && state.Attempt is { Progress: SignInProgress.Failed, CandidateId: "" } attempt && attempt.Tenant == seat.Tenant,
        AttentionReason.ConfigNotFetched => state.ConfigOwedSinceUtc + ConfigLimit <= now,
        AttentionReason.NotRegistering => IsNotRegistering(state, seat, now),
        // A phone that does not say it may have any: the gate refuses it, but nobody is told to upgrade it.
        AttentionReason.FirmwareBelowMinimum => state.Firmware.Length > 0
            && options.Compatibility.Judge(CompatibilityRules.Of(state)) == DeviceCompatibility.BelowMinimum,
        _ => false,
    };

    private static bool IsCodeLocked(DeviceState state, string tenant, DeviceOptions options) => state.Claims.Any(c =>
        c.Tenant == tenant && c.Code is { RedeemedAtUtc: null } code && code.WrongCodes >= options.MaxWrongCodesPerCode);

    // What it owes first is the fetch: the account it would register with is in there.
    private static bool IsNotRegistering(DeviceState state, DeviceSeat seat, DateTimeOffset now) =>
        state.ConfigOwedSinceUtc is null && seat.AppliedAtUtc + RegistrationLimit <= now && !HasRegistered(state, seat);

    private static bool HasRegistered(DeviceState state, DeviceSeat seat)
    {
        var credential = CredentialName.OfEpoch(seat.Epoch);
        return state.Uses.Any(u => u.Credential == credential);
    }

    private static bool IsForAnAdmin(AttentionReason reason) =>
        reason is AttentionReason.Conflict or AttentionReason.OperationFailed or AttentionReason.SignInFailed;

    private static void Remove(AttentionReason reason, DeviceChange change)
    {
        switch (reason)
        {
            case AttentionReason.Conflict:
                change.Next.Seat = change.Next.Seat! with { Alerts = [] };
                break;
            case AttentionReason.OperationFailed:
                change.Next.Failed = null;
                break;
            case AttentionReason.SignInFailed:
                change.Next.Attempt = null;
                break;
        }
    }

    private static string WayOut(AttentionReason reason) => reason switch
    {
        AttentionReason.CodeLocked => "CODE_LOCKED ends with a new code. Generate one and dial it on the phone.",
        AttentionReason.ConfigNotFetched =>
            "CONFIG_NOT_FETCHED ends when the phone fetches its configuration. Check that it is online, then resync or restart it.",
        AttentionReason.NotRegistering => "NOT_REGISTERING ends when the phone registers. Check that it reaches the gateway's SIP port, then restart it.",
        _ => "FIRMWARE_BELOW_MINIMUM ends when the phone comes with a newer firmware. Upgrade it.",
    };
}
