using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>Who holds the device, and with which credential: the only place where seats change hands and secrets are made.</summary>
internal static class SeatRules
{
    /// <summary>Puts a candidate into the seat: fresh secret, fresh tokens, to be fetched by the address that proved. What was there before is retired.</summary>
    public static void Promote(DeviceChange change, string tenant, string candidateId, string source)
    {
        Retire(change);
        var facts = change.Facts;
        var epoch = change.Phone.LastEpoch + 1;
        change.Phone = change.Phone with
        {
            LastEpoch = epoch,
            Trust = facts.IsTrustedNetwork(tenant, source) ? TrustLevel.Network : TrustLevel.Claimed,
            SignIn = null,
            Seat = new Seat
            {
                Tenant = tenant,
                Epoch = epoch,
                LockedSecret = DeviceSecrets.LockSip(facts, epoch, facts.NewSecret()),
                LockedConfigToken = DeviceSecrets.LockToken(facts, facts.NewSecret()),
                ScreenTokenRandom = facts.NewSecret(),
                EnrolledAtUtc = change.Now,
                ServedAddress = DeviceFacts.AddressOf(source),
                Handout = NewHandout(change, candidateId, source),
            },
        };
        PushRules.ToCredential(change, NotifyKind.Resync, CandidateCredential(candidateId));
    }

    /// <summary>Lets a candidate fetch what the seat has, without a new secret: in a trusted range, from where the device was last served.</summary>
    public static void HandOutAgain(DeviceChange change, string candidateId, string source)
    {
        change.Phone = change.Phone with { Seat = change.Phone.Seat! with { Handout = NewHandout(change, candidateId, source) } };
        change.Event("trust.returned", "The phone came back from its trusted network and is given its configuration again.", source);
        PushRules.ToCredential(change, NotifyKind.Resync, CandidateCredential(candidateId));
    }

    /// <summary>A new secret for the seat; the old one is retired, its bindings become restricted, and the phone is told to fetch.</summary>
    public static void RotateCredential(DeviceChange change, Seat seat)
    {
        Retire(change);
        var facts = change.Facts;
        var epoch = change.Phone.LastEpoch + 1;
        change.Phone = change.Phone with
        {
            LastEpoch = epoch,
            Seat = seat with { Epoch = epoch, LockedSecret = DeviceSecrets.LockSip(facts, epoch, facts.NewSecret()) },
        };
        PushRules.ToDevice(change, NotifyKind.Resync);
    }

    /// <summary>The seat is empty; the phone is told to fetch, and will be given its bootstrap.</summary>
    public static void Release(DeviceChange change)
    {
        Retire(change);
        change.Phone = change.Phone with { Seat = null, SignIn = null, Trust = TrustLevel.Claimed };
        PushRules.ToDevice(change, NotifyKind.Resync);
    }

    /// <summary>A credential's name in bindings.</summary>
    public static string CandidateCredential(string candidateId) => "c:" + candidateId;

    /// <summary>A credential's name in bindings.</summary>
    public static string EpochCredential(uint epoch) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"e:{epoch}");

    private static Handout NewHandout(DeviceChange change, string candidateId, string source) => new()
    {
        CandidateId = candidateId,
        Address = DeviceFacts.AddressOf(source),
        UntilUtc = change.Now + change.Facts.Options.HandoutWindow,
    };

    private static void Retire(DeviceChange change)
    {
        if (change.Phone.Seat is not { } seat) return;
        var retired = change.Phone.Retired.Add(new RetiredCredential
        {
            Epoch = seat.Epoch, LockedSecret = seat.LockedSecret, UntilUtc = change.Now + change.Facts.Options.RetiredLifetime,
        });
        var surplus = Math.Max(0, retired.Length - change.Facts.Options.MaxRetired);
        var credential = EpochCredential(seat.Epoch);
        foreach (var edge in change.Phone.Bindings.Where(b => b.Credential == credential).Select(b => b.Flow.EdgeId).Distinct()) change.Revoke(edge);
        change.Phone = change.Phone with
        {
            Retired = retired.RemoveRange(0, surplus),
            Bindings = [.. change.Phone.Bindings.Select(b => b.Credential == credential ? b with { IsRestricted = true, Generation = b.Generation + 1 } : b)],
        };
    }
}
