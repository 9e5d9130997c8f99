using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

internal sealed partial class DeviceGrain
{
    private const int MaxDialsRemembered = 8;

    public Task<CommandOutcome> Claim(ClaimCommand command) => Do(command.Context, change => ClaimRules.Claim(command, change));

    public async Task<GenerateCodeOutcome> GenerateCode(AdminContext context)
    {
        var change = await BeginAsync();
        var outcome = ClaimRules.GenerateCode(context, change, (await tenants.GetAsync(context.Tenant)).Settings, ring);
        if (context.ValidateOnly) return outcome with { Code = "", ExpiresAtUtc = null };
        if (outcome.Outcome.Status == CommandStatus.Done && change.HasChanged) await CommitAsync(change);
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
        var exhausted = command.Feature == FeatureKind.Enroll ? await CountWrongCode(command) : [];
        var reason = command.Feature == FeatureKind.Enroll ? null : await ApplyFeature(command);
        var change = await BeginAsync();
        reason ??= EnrollmentRules.Decide(command, await Match(command), exhausted, change, Fresh());
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

    private async Task<CodeMatch> Match(DialFeatureCodeCommand command)
    {
        var isTrusted = false;
        foreach (var claim in storage.State.Claims)
            isTrusted |= SourceRules.IsTrusted(command.Flow.Source, (await tenants.GetAsync(claim.Tenant)).Settings.TrustedRanges);
        var match = EnrollmentRules.Match(storage.State, command.Argument, Mac, ring, isTrusted);
        return match.Claim is { } own ? match with { Gate = (await tenants.GetAsync(own.Tenant)).Settings.CompatibilityGate } : match;
    }

    /// <summary>Tenants with a code that waits, whose allowance of wrong codes is used up by this one.</summary>
    private async Task<List<string>> CountWrongCode(DialFeatureCodeCommand command)
    {
        var exhausted = new List<string>();
        var match = await Match(command);
        if (match.Claim is not null || match.IsTrusted) return exhausted;
        foreach (var claim in storage.State.Claims.Where(c => c.Code is { RedeemedAtUtc: null }))
        {
            if (!await GrainFactory.GetGrain<ITenantGrain>(claim.Tenant).NoteWrongCode()) exhausted.Add(claim.Tenant);
        }

        return exhausted;
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
