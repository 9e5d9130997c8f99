using System.Security.Cryptography;
using System.Text;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>Who gets which file: its own configuration only who proved to be the phone in the seat, the bootstrap everybody else.</summary>
internal static class OnboardingRules
{
    /// <summary>A fetch under a token.</summary>
    public static FetchConfigOutcome Fetch(DeviceChange change, FetchConfigCommand command)
    {
        var policy = BootstrapPolicy(change);
        if (change.Phone.Seat is not { } seat) return new FetchConfigOutcome { BootstrapPolicy = policy };
        if (command.TokenRandom is { } random && IsTokenOf(change, seat, random)) return WithToken(change, seat, command, policy);
        if (command.Candidate is { } candidate && seat.Handout is { } handout && handout.CandidateId == candidate.Id)
        {
            return AsPromoted(change, seat, handout, command, policy);
        }

        return new FetchConfigOutcome { BootstrapPolicy = policy };
    }

    private static FetchConfigOutcome WithToken(DeviceChange change, Seat seat, FetchConfigCommand command, EffectivePolicy? policy)
    {
        // Over plain http anybody on the way could read it: the phone gets what everybody gets, and keeps what it has.
        if (!command.IsSecure) return new FetchConfigOutcome { BootstrapPolicy = policy };
        Serve(change, seat with { ProvedAtUtc = seat.ProvedAtUtc ?? change.Now, Handout = null }, command);
        if (change.Phone.Trust < TrustLevel.Token) change.Phone = change.Phone with { Trust = TrustLevel.Token };
        return new FetchConfigOutcome { Config = PolicyRules.ConfigOf(change.Phone, change.Facts) };
    }

    private static FetchConfigOutcome AsPromoted(DeviceChange change, Seat seat, Handout handout, FetchConfigCommand command, EffectivePolicy? policy)
    {
        var bootstrap = new FetchConfigOutcome { BootstrapPolicy = policy };
        if (!command.IsSecure || handout.IsStopped || handout.UntilUtc <= change.Now) return bootstrap;
        if (handout.Address != DeviceFacts.AddressOf(command.Source))
        {
            change.Phone = change.Phone with { Seat = seat with { Handout = handout with { IsStopped = true } } };
            change.Alert(seat.Tenant, "A second claimant fetched with the identity that dialled the code. Nothing is handed out any more; make a new code and dial it.");
            return bootstrap;
        }

        Serve(change, seat, command);
        return new FetchConfigOutcome { Config = PolicyRules.ConfigOf(change.Phone, change.Facts) };
    }

    private static void Serve(DeviceChange change, Seat seat, FetchConfigCommand command)
    {
        change.Phone = change.Phone with
        {
            Seat = seat with { ServedAddress = DeviceFacts.AddressOf(command.Source), OffboardedAtUtc = null },
            Vendor = command.Phone.Vendor,
            Model = command.Phone.Model,
            Firmware = command.Phone.Firmware,
        };
        if (command.File == ConfigFile.Boot) RestartRules.SawBoot(change, command.Source);
        if (command.File == ConfigFile.Device) Delivered(change, command.Source);

        // A fetch that changed nothing is no reason to write: a fleet polls every day.
        if (change.Phone == change.Before) change.Phone = change.Before;
    }

    private static void Delivered(DeviceChange change, string source)
    {
        var hash = PolicyRules.ConfigOf(change.Phone, change.Facts)?.Hash ?? "";
        var seat = change.Phone.Seat!;
        RestartRules.SawDelivery(change);
        if (seat.AppliedConfigHash == hash) return;
        change.Phone = change.Phone with { Seat = seat with { AppliedConfigHash = hash, AppliedAtUtc = change.Now } };
        change.Event("policy.applied", $"The phone fetched its configuration {hash[..12]}.", source);
    }

    private static bool IsTokenOf(DeviceChange change, Seat seat, string random) => DeviceSecrets.UnlockToken(change.Facts, seat) is { } right
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(right), Encoding.ASCII.GetBytes(random));

    // A claimed phone speaks its tenant's language before it is enrolled, when only one tenant claims it.
    private static EffectivePolicy? BootstrapPolicy(DeviceChange change) => change.Phone.Claims is [var only]
        ? PolicyRules.Effective(change.Facts.TenantOf(only.Tenant), only.Site, userPolicyId: "") with { PhoneAdminPassword = "" }
        : null;
}
