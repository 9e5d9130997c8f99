using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>When a device must be looked at without being asked, and what is done then.</summary>
internal static class DeviceDue
{
    /// <summary>The earliest of everything that waits; <see cref="Due.Never"/> for nothing.</summary>
    public static DateTimeOffset Next(Phone phone, DeviceFacts facts)
    {
        var next = Due.Never;
        foreach (var push in phone.Pushes) next = Earlier(next, push.NextAttemptAtUtc);
        foreach (var operation in phone.Operations) next = Earlier(next, operation.DeadlineUtc);
        foreach (var retired in phone.Retired) next = Earlier(next, retired.UntilUtc);
        if (phone.SignIn is { Progress: SignInProgress.Preparing or SignInProgress.Pending }) next = Earlier(next, facts.Now + facts.Options.SignInCheck);
        return StaleAt(phone, facts) is { } stale ? Earlier(next, stale) : next;
    }

    /// <summary>When the phone counts as gone; null while it cannot.</summary>
    public static DateTimeOffset? StaleAt(Phone phone, DeviceFacts facts)
    {
        if (phone.Seat is not { OffboardedAtUtc: null } seat) return null;
        var settings = facts.SettingsOf(seat.Tenant);
        var lastHeard = phone.Bindings.Select(b => b.LastSeenAtUtc).Append(phone.LastSeenAtUtc ?? seat.EnrolledAtUtc).Max();
        return lastHeard + (seat.User is null ? settings.StaleSignedOut : settings.StaleSignedIn);
    }

    /// <summary>Does what is due.</summary>
    public static void Decide(DeviceChange change)
    {
        Forget(change);
        PushRules.Resend(change);
        RestartRules.EndOverdue(change);
        SignInRules.Check(change);
        if (StaleAt(change.Phone, change.Facts) is { } stale && stale <= change.Now) Offboard(change);
    }

    private static void Forget(DeviceChange change)
    {
        var phone = change.Phone;
        var bindings = phone.Bindings.RemoveAll(b => b.ExpiresAtUtc <= change.Now);
        var retired = phone.Retired.RemoveAll(r => r.UntilUtc <= change.Now);
        if (bindings.Length == phone.Bindings.Length && retired.Length == phone.Retired.Length) return;
        change.Phone = phone with { Bindings = bindings, Retired = retired };
    }

    private static void Offboard(DeviceChange change)
    {
        var seat = change.Phone.Seat!;
        change.Event("onboarding.offboarded", "The phone was not heard of for too long. It comes back by itself when it is plugged in again.");
        SeatRules.RotateCredential(change, seat with { User = null, OffboardedAtUtc = change.Now });
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
