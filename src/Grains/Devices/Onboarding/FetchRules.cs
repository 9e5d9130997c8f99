using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>Who gets the device's own configuration.</summary>
internal enum FetchVerdict
{
    /// <summary>The bootstrap answer.</summary>
    Bootstrap,

    /// <summary>The device's own.</summary>
    Own,

    /// <summary>The device's own, were it asked for over TLS.</summary>
    OwnOverTls,
}

/// <summary>Fetches under a token (DESIGN §7): everybody but the phone in the seat gets bootstrap content.</summary>
internal static class FetchRules
{
    // A program that asks every few seconds must not fill the timeline.
    private static readonly TimeSpan UnsupportedPause = TimeSpan.FromHours(1);

    /// <param name="command">The fetch.</param>
    /// <param name="change">The decision.</param>
    /// <param name="isTrusted">The source lies in a trusted range of the seat's tenant.</param>
    /// <param name="fresh">What a promotion would hand out.</param>
    /// <param name="gate">What the only claiming tenant wants of models and firmware, where the phone is at its door.</param>
    public static FetchVerdict Decide(
        FetchConfigCommand command, DeviceChange change, bool isTrusted, FreshCredential fresh, CompatibilityGate gate = CompatibilityGate.Allow)
    {
        if (change.Next.Seat is null && CertificateRules.Promotes(command, change, fresh, gate)) return FetchVerdict.Own;
        if (change.Next.Seat is not { } seat) return Note(command, change);
        if (command.TokenRandom is not null) return OfToken(command, change, seat, isTrusted);
        return command.Candidate is { } facts ? OfCandidate(command, facts, change, seat, isTrusted, fresh, gate) : FetchVerdict.Bootstrap;
    }

    /// <summary>The device's own file went out: with it the configuration is applied and a resync done.</summary>
    public static void NoteDelivery(DeviceChange change, string hash)
    {
        if (change.Next.Seat is not { } seat) return;
        if (seat.AppliedConfigHash != hash || change.Next.Intents.Any(i => i.Kind == NotifyKind.Resync) || change.Next.Operations.Length > 0)
        {
            change.Next.Seat = seat with { AppliedConfigHash = hash, WantedConfigHash = hash, AppliedAtUtc = change.Now };
            change.Event(seat.Tenant, "policy.applied", "The phone fetched its configuration.");
        }

        PolicyRules.Owe(change, isOwed: false);
        DeviceOperationRules.NoteFetched(change);
    }

    private static FetchVerdict OfToken(FetchConfigCommand command, DeviceChange change, DeviceSeat seat, bool isTrusted)
    {
        if (!SeatRules.IsEqual(command.TokenRandom, seat.ConfigTokenRandom) || !command.IsSecure) return FetchVerdict.Bootstrap;
        var proved = command.HasCertificate ? TrustLevel.Certificate : TrustLevel.Token;
        var address = SourceRules.Address(command.Source);
        var after = seat with
        {
            Trust = seat.Trust > proved ? seat.Trust : proved, ServedAddress = address, Handout = null, IsOffboarded = false,
        };
        if (after != seat || (change.Next.Vendor, change.Next.Model, change.Next.Firmware) != Identity(command.Phone))
        {
            if (seat.IsOffboarded) change.Event(seat.Tenant, "onboarding.returned", "The phone came back after it was let go.", command.Source);
            change.Next.Seat = after;
            (change.Next.Vendor, change.Next.Model, change.Next.Firmware) = Identity(command.Phone);
            change.Touch();
        }

        Served(command, change);
        return FetchVerdict.Own;
    }

    private static FetchVerdict OfCandidate(
        FetchConfigCommand command, CandidateFacts facts, DeviceChange change, DeviceSeat seat, bool isTrusted, FreshCredential fresh,
        CompatibilityGate gate)
    {
        var address = SourceRules.Address(command.Source);
        var isHandedOut = seat.Handout?.CandidateId == facts.Id || CertificateRules.IsHandedOut(command, change);
        if (isHandedOut && seat.Handout is { IsStopped: false } handout && handout.UntilUtc > change.Now)
        {
            if (address != handout.Address) return SecondClaimant(command, change, seat, handout);
            if (!command.IsSecure) return FetchVerdict.OwnOverTls;
            change.Next.Seat = seat with { ServedAddress = address, Trust = command.HasCertificate ? TrustLevel.Certificate : seat.Trust };
            (change.Next.Vendor, change.Next.Model, change.Next.Firmware) = Identity(command.Phone);
            NoteOrigin(command, change);
            Served(command, change);
            return FetchVerdict.Own;
        }

        if (CertificateRules.Promotes(command, change, fresh, gate)) return FetchVerdict.Own;
        var isBack = isTrusted && seat.ServedAddress == address && !seat.IsOffboarded && seat.Handout?.IsStopped != true && !IsInService(change);
        if (isBack && !command.IsSecure) return FetchVerdict.OwnOverTls;
        if (!isBack || !command.File.IsOwn()) return Note(command, change);
        var tenant = seat.Tenant;
        SeatRules.Promote(change, tenant, CandidateRules.See(change, facts, command.Source), command.Source, TrustLevel.Network, fresh);
        change.Next.Seat = change.Next.Seat! with { ServedAddress = address, User = seat.User, Alerts = seat.Alerts };
        NoteOrigin(command, change);
        change.Audit(tenant, $"device:{change.Context.Mac}", "device.return");
        change.Event(tenant, "onboarding.returned", "The phone was reset in a trusted range and came back from where it was served last.", command.Source);
        return FetchVerdict.Own;
    }

    /// <summary>It registers with an account that is the device's own.</summary>
    public static bool IsInService(DeviceChange change) =>
        change.Next.Bindings.Any(b => !CredentialName.IsCandidate(b.Credential) && b.ExpiresAtUtc > change.Now);

    private static FetchVerdict SecondClaimant(FetchConfigCommand command, DeviceChange change, DeviceSeat seat, Handout handout)
    {
        change.Next.Seat = seat with { Handout = handout with { IsStopped = true } };
        change.Next.Candidates = [.. change.Next.Candidates.Select(c => c.Id == handout.CandidateId ? c with { IsStopped = true } : c)];
        change.Alert("Somebody else asked for the configuration while it was handed out; that stopped. Generate a new code and enrol again.");
        change.Event(seat.Tenant, "onboarding.second_claimant", "A second address asked for the configuration that was being handed out.", command.Source);
        return FetchVerdict.Bootstrap;
    }

    private static FetchVerdict Note(FetchConfigCommand command, DeviceChange change)
    {
        if (command.Candidate is { } facts) CandidateRules.NoteIdentity(change, facts.Id, command.Phone);
        return FetchVerdict.Bootstrap;
    }

    // The phone has the seat: of strangers nothing is kept.
    private static void NoteOrigin(FetchConfigCommand command, DeviceChange change)
    {
        if (change.Next.Origin == command.Origin) return;
        change.Next.Origin = command.Origin;
        change.Touch();
    }

    private static void Served(FetchConfigCommand command, DeviceChange change)
    {
        change.Next.LastSeenAtUtc = change.Now;
        change.Next.LastSource = command.Source;
        if (command.File.IsBoot()) DeviceOperationRules.NoteBoot(change);
    }

    private static (string Vendor, string Model, string Firmware) Identity(PhoneIdentity phone) => (phone.Vendor, phone.Model, phone.Firmware);

    /// <summary>Tells everybody who claims or holds the phone, at most once an hour.</summary>
    public static void NoteUnsupported(UnsupportedFetch fetch, DeviceChange change, DateTimeOffset? toldAtUtc)
    {
        if (change.Now - toldAtUtc < UnsupportedPause) return;
        foreach (var tenant in change.Next.Claims.Select(c => c.Tenant).Append(change.Next.Seat?.Tenant).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            change.Event(
                tenant, "onboarding.unsupported",
                $"Something that is no supported phone asked for this phone's file and was refused. It calls itself \"{fetch.UserAgent}\".", fetch.Source);
        }
    }
}
