using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains.Devices;

/// <summary>Deletion, off-boarding, and what time brings.</summary>
internal static class LifeRules
{
    /// <summary>Bindings that ended are no news; they are cleared away a day later, so that refreshes need not move a due time.</summary>
    private static readonly TimeSpan BindingRest = TimeSpan.FromDays(1);

    public static CommandOutcome Delete(AdminContext by, DeviceChange change)
    {
        if (CommandRules.Before(change.Next, by) is { } answer) return answer;
        if (!CommandRules.Knows(change.Next, by.Tenant)) return CommandRules.Unknown(change.Context.Mac);
        change.Next.Claims = change.Next.Claims.RemoveAll(c => c.Tenant == by.Tenant);
        change.Next.DevicePolicies = ClaimRules.With(change.Next.DevicePolicies, by.Tenant, "");
        change.Audit(by, "device.delete");
        change.Event(by.Tenant, "onboarding.deleted", "The phone was deleted.");
        if (change.Next.Seat?.Tenant == by.Tenant)
        {
            DeviceOperationRules.Expire(change);
            SeatRules.RetireSeat(change);
            change.Next.Seat = null;
            change.Next.Attempt = null;
            foreach (var operation in change.Next.Operations) DeviceOperationRules.End(change, operation, "FAILED", "The phone was deleted.");
            (change.Next.Failed, change.Next.ConfigOwedSinceUtc) = (null, null);
            NotifyRules.OrderResync(change);
        }
        else
        {
            CertificateRules.CallWaiting(change);
        }

        var id = FormattableString.Invariant($"{change.Context.Mac}-{change.Next.Version + 1}-delete");
        change.Operation(new OperationRow
        {
            Tenant = by.Tenant,
            Id = id,
            Kind = "delete",
            Owner = $"device/{change.Context.Mac}",
            Status = "SUCCEEDED",
            Message = "The phone is forgotten here; it starts anew when it is next heard of.",
            CreatedAtUtc = change.Now,
            EndedAtUtc = change.Now,
        });
        return change.Done(by, id);
    }

    /// <summary>Everything that is due; harmless at any time.</summary>
    public static void RunDue(DeviceChange change, TenantSettings settings, FreshCredential fresh)
    {
        DeviceOperationRules.Expire(change);
        CandidateRules.Prune(change);
        if (change.Next.Attempt is { IsUnderWay: true } attempt && attempt.DeadlineUtc <= change.Now) SignInRules.Fail(change, SignInRules.Expired);
        var retired = change.Next.Retired.RemoveAll(r => r.UntilUtc <= change.Now);
        if (retired.Length < change.Next.Retired.Length) change.Next.Retired = retired;
        var bindings = change.Next.Bindings.RemoveAll(b => b.ExpiresAtUtc + BindingRest <= change.Now);
        if (bindings.Length < change.Next.Bindings.Length) change.Next.Bindings = bindings;
        if (change.Next.Seat is { IsOffboarded: false } seat && StaleAt(change.Next, seat, settings) <= change.Now) Offboard(change, seat, fresh);
        // Always written: the due time has to move.
        change.Touch();
    }

    /// <summary>When the grain wants to be called again.</summary>
    public static DateTimeOffset NextDue(DeviceState state, TenantSettings settings, DateTimeOffset now)
    {
        var times = new List<DateTimeOffset>();
        times.AddRange(state.Operations.Select(o => o.DeadlineUtc));
        times.AddRange(state.Intents.Where(i => NotifyRules.Target(state, i, now) is not null).Select(i => i.NextAtUtc));
        times.AddRange(state.Retired.Select(r => r.UntilUtc));
        times.AddRange(state.Candidates.Select(c => c.IssuedAtUtc + Trust.Candidate.Lifetime));
        times.AddRange(state.Bindings.Select(b => b.ExpiresAtUtc + BindingRest));
        if (state.Attempt is { IsUnderWay: true } attempt) times.AddRange([attempt.DeadlineUtc, attempt.NextEnsureAtUtc]);
        if (state.Seat is { IsOffboarded: false } seat) times.Add(StaleAt(state, seat, settings));
        if (AttentionRules.NextDue(state, now) is { } attention) times.Add(attention);
        return times.Count == 0 ? Due.Never : times.Min();
    }

    private static DateTimeOffset StaleAt(DeviceState state, DeviceSeat seat, TenantSettings settings)
    {
        var seen = state.LastSeenAtUtc > seat.SinceUtc ? state.LastSeenAtUtc.Value : seat.SinceUtc;
        return seen + (seat.User is null ? settings.StaleSignedOut : settings.StaleSignedIn);
    }

    // Its addresses stay good, so that the phone comes back by itself, without a factory reset.
    private static void Offboard(DeviceChange change, DeviceSeat seat, FreshCredential fresh)
    {
        SeatRules.RenewCredential(change, fresh, user: null);
        change.Next.Seat = change.Next.Seat! with { IsOffboarded = true };
        change.Audit(seat.Tenant, "gateway", "device.offboard");
        change.Event(seat.Tenant, "onboarding.offboarded", "The phone was not heard of for long and was let go; it may come back.");
    }
}
