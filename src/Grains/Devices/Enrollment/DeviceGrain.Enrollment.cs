using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

internal sealed partial class DeviceGrain
{
    private const int MaxDialsRemembered = 8;

    public async Task<CommandOutcome> Claim(ClaimCommand command)
    {
        var outcome = await Do(command.Context, change => ClaimRules.Claim(command, change));
        await TellDevice(command.Context, outcome);
        return outcome;
    }

    public async Task<CommandOutcome> Update(UpdateDeviceCommand command)
    {
        var tenant = await tenants.GetAsync(command.Context.Tenant);
        var outcome = await Do(command.Context, change => ClaimRules.Update(command, change, tenant));
        if (outcome.Status != CommandStatus.Done || command.Context.ValidateOnly || storage.State.Seat is null) return outcome;

        // What follows from it for the phone is told at once, and not at its next refresh.
        var news = Begin();
        await NoteWanted(news);
        if (news.HasChanged) await CommitAsync(news);
        return outcome with { Device = View(command.Context.Tenant) };
    }

    public async Task<GenerateCodeOutcome> GenerateCode(AdminContext context)
    {
        var change = await BeginAsync();
        var outcome = ClaimRules.GenerateCode(context, change, (await tenants.GetAsync(context.Tenant)).Settings, ring);
        if (context.ValidateOnly) return outcome with { Code = "", ExpiresAtUtc = null };
        if (outcome.Outcome.Status == CommandStatus.Done && change.HasChanged) await CommitAsync(change);
        if (storage.State.Seat is null) await TellDevice(context, outcome.Outcome);
        return outcome;
    }

    public async Task<DialFeatureCodeOutcome> DialFeatureCode(DialFeatureCodeCommand command)
    {
        var caller = command.Caller;
        if (caller.Candidate is null
            && (FindSecret(caller.Epoch ?? 0) is not { } credential || !DigestRules.Verifies(caller.Digest, credential.Secret)))
        {
            return new DialFeatureCodeOutcome { Status = DialStatus.WrongDigest };
        }

        var name = RegistrationRules.Credential(caller);
        if (storage.State.Dials.FirstOrDefault(d => d.CallId == command.CallId && d.Credential == name) is { } known) return Answer(known);
        if (!ReplayRules.IsFresh(storage.State, name, caller.Digest)) return new DialFeatureCodeOutcome { Status = DialStatus.StaleNonce };
        var reason = command.Feature == FeatureKind.Enroll ? null : await ApplyFeature(command);
        var (match, exhausted) = reason is null ? await Try(command) : (null!, []);
        var change = await BeginAsync();
        reason ??= EnrollmentRules.Decide(command, match, exhausted, change, Fresh());
        if (exhausted.Count > 0 && hourly.IsDue(EnrollmentRules.PausedKind, change.Now)) EnrollmentRules.NotePaused(change, exhausted, command.Flow.Source);
        var dial = new AnsweredDial { CallId = command.CallId, Credential = name, IsConfirmed = reason.Length == 0, Reason = reason };
        change.Next.Dials = [.. change.Next.Dials.TakeLast(MaxDialsRemembered - 1), dial];
        ReplayRules.Note(change.Next, name, caller.Digest);
        change.Touch();
        await CommitAsync(change);
        return Answer(dial);
    }

    private static DialFeatureCodeOutcome Answer(AnsweredDial dial) => new()
    {
        Status = dial.IsConfirmed ? DialStatus.Confirmed : DialStatus.Refused, Reason = dial.Reason,
    };

    /// <summary>What the code is, and which tenants look at no code just now, for all or for this source.</summary>
    private async Task<(CodeMatch Match, List<string> Exhausted)> Try(DialFeatureCodeCommand command)
    {
        var match = EnrollmentRules.Match(storage.State, command.Argument, Mac, ring, await TrustingAsync(command.Flow.Source));
        if (match.Claim is { } own) match = match with { Gate = (await tenants.GetAsync(own.Tenant)).Settings.CompatibilityGate };
        var exhausted = new List<string>();
        foreach (var tenant in EnrollmentRules.TriedBy(match, command.Caller, storage.State).ToList())
        {
            if (!await MayTry(tenant, command, isRight: match.Claim is not null)) exhausted.Add(tenant);
        }

        if (match.Claim is null || exhausted.Count == 0) return (match, exhausted);

        // A right code of a tenant that looks at none is as wrong as any, to the other claims as well.
        var unknown = match with { Claim = null };
        foreach (var tenant in EnrollmentRules.TriedBy(unknown, command.Caller, storage.State).Except(exhausted).ToList())
        {
            if (!await MayTry(tenant, command, isRight: false)) exhausted.Add(tenant);
        }

        return (unknown, exhausted);
    }

    private Task<bool> MayTry(string tenant, DialFeatureCodeCommand command, bool isRight) =>
        GrainFactory.GetGrain<ITenantGrain>(tenant).TryCode(SourceRules.Network(command.Flow.Source), isRight);

    private async Task<HashSet<string>> TrustingAsync(string source)
    {
        var trusting = new HashSet<string>(StringComparer.Ordinal);
        foreach (var claim in storage.State.Claims)
        {
            if (SourceRules.IsTrusted(source, (await tenants.GetAsync(claim.Tenant)).Settings.TrustedRanges)) trusting.Add(claim.Tenant);
        }

        return trusting;
    }

    /// <summary>The refusal's reason; empty when done.</summary>
    private async Task<string> ApplyFeature(DialFeatureCodeCommand command)
    {
        if (command.Feature == FeatureKind.Voicemail) return "No voicemail here";
        if (storage.State.Seat is not { User: { } user } seat || command.Caller.Epoch != seat.Epoch) return "Sign in first";
        var outcome = await User(seat.Tenant, user.UserId).ApplyFeature(command.Feature, command.Argument, $"device:{Mac}");
        return outcome.Status switch
        {
            CommandStatus.Done => "",
            CommandStatus.InvalidArgument => "Number not valid",
            _ => "Not possible now",
        };
    }
}
