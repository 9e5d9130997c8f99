using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Grains.Devices;

/// <summary>How a seat is taken, renewed and left.</summary>
internal static class SeatRules
{
    /// <summary>Puts exactly this candidate into the seat; who sat there before is retired.</summary>
    public static void Promote(DeviceChange change, string tenant, SeenCandidate candidate, string source, TrustLevel trust, FreshCredential fresh)
    {
        RetireSeat(change);
        var next = change.Next;
        next.Epoch++;
        next.Seat = new DeviceSeat
        {
            Tenant = tenant,
            SinceUtc = change.Now,
            Epoch = next.Epoch,
            LockedSipSecret = fresh.LockedSipSecret,
            ConfigTokenRandom = fresh.ConfigTokenRandom,
            ScreenTokenRandom = fresh.ScreenTokenRandom,
            Trust = trust,
            Handout = new Handout
            {
                CandidateId = candidate.Id, Address = SourceRules.Address(source), UntilUtc = change.Now + change.Options.HandoutLifetime,
            },
        };
        // What the others said of themselves is theirs; the phone in the seat is this one.
        if (candidate.Model.Length > 0) (next.Vendor, next.Model, next.Firmware) = (candidate.Vendor, candidate.Model, candidate.Firmware);
        (next.Failed, next.ConfigOwedSinceUtc) = (null, change.Now);
        next.LastSeenAtUtc = change.Now;
        next.LastSource = source;
        NotifyRules.OrderResync(change, CredentialName.OfCandidate(candidate.Id));
        change.Touch();
    }

    /// <summary>A new SIP account for the phone in the seat; its addresses stay, so that it can fetch what is new.</summary>
    public static void RenewCredential(DeviceChange change, FreshCredential fresh, SeatUser? user)
    {
        RetireSeat(change);
        if (user is not null) change.Next.IsWaitingForCode = false;
        change.Next.ConfigOwedSinceUtc ??= change.Now;
        change.Next.Epoch++;
        change.Next.Seat = change.Next.Seat! with { Epoch = change.Next.Epoch, LockedSipSecret = fresh.LockedSipSecret, User = user };
        change.Touch();
    }

    /// <summary>The credential of the seat stops being good, from the moment this is written.</summary>
    public static void RetireSeat(DeviceChange change)
    {
        if (change.Next.Seat is not { } seat) return;
        var retired = new RetiredCredential
        {
            Epoch = seat.Epoch, LockedSipSecret = seat.LockedSipSecret, UntilUtc = change.Now + change.Options.RetiredLifetime,
        };
        change.Next.Retired = [.. change.Next.Retired.TakeLast(7), retired];
        var name = CredentialName.OfEpoch(seat.Epoch);
        change.Next.Bindings = [.. change.Next.Bindings.Select(b => b.Credential == name ? b with { IsRestricted = true } : b)];
        change.Revoke();
    }

    /// <summary>The phone used its newest credential: those before it have done their work; a late farewell of theirs is still understood.</summary>
    public static void NoteSuccessor(DeviceChange change)
    {
        var until = change.Now + TimeSpan.FromMinutes(10);
        if (change.Next.Retired.All(r => r.UntilUtc <= until)) return;
        change.Next.Retired = [.. change.Next.Retired.Select(r => r.UntilUtc > until ? r with { UntilUtc = until } : r)];
        change.Touch();
    }

    public static bool IsEqual(string? random, string stored) =>
        random is not null && stored.Length > 0 && VerificationCode.AreEqual(random, stored);
}
