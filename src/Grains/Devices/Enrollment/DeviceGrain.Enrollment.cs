using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

internal sealed partial class DeviceGrain
{
    private static readonly TimeSpan CodesPause = TimeSpan.FromMinutes(10);

    public Task<CommandOutcome> Claim(ClaimCommand command) => Command(command.Context, change => EnrollmentRules.Claim(change, command));

    public async Task<GenerateCodeOutcome> GenerateCode(AdminContext context) => context.ExpectedVersion is { } expected && expected != Phone.Version
        ? new GenerateCodeOutcome { Outcome = Refusal.Stale(Phone.Version) }
        : await Do(context.Tenant, change => EnrollmentRules.GenerateCode(change, context));

    public async Task<DialFeatureCodeOutcome> DialFeatureCode(DialFeatureCodeCommand command)
    {
        if (Unverified(await Facts(""), command) is { } refused) return refused;
        if (command.Feature != FeatureKind.Enroll) return await ApplyFeature(command);
        var outcome = await Do("", change => RedeemRules.Decide(change, command));
        if (outcome.Reason == "Wrong code") await NoteWrongCode();
        return outcome;
    }

    private DialFeatureCodeOutcome? Unverified(DeviceFacts facts, DialFeatureCodeCommand command)
    {
        var caller = command.Caller;
        if (caller.Epoch is { } epoch
            && (DeviceSecrets.SecretOf(facts, Phone, epoch) is not { } secret || !DeviceSecrets.IsRight(caller.Digest, secret)))
        {
            return new DialFeatureCodeOutcome { Status = DialStatus.WrongDigest };
        }

        // Dialling has a mark of its own: a REGISTER and an INVITE may cross on the wire.
        var verdict = marks.Note(Mac, "dial:" + RegistrationRules.CredentialOf(caller), caller.Digest, command.CallId, 0);
        return verdict == ReplayVerdict.Used ? new DialFeatureCodeOutcome { Status = DialStatus.StaleNonce } : null;
    }

    private async Task NoteWrongCode()
    {
        foreach (var tenant in RedeemRules.TenantsOfWrongCode(Phone))
        {
            if (await GrainFactory.GetGrain<ITenantGrain>(tenant).NoteWrongCode()) continue;
            await Do(tenant, change =>
            {
                change.Phone = change.Phone with { CodesPausedUntilUtc = change.Now + CodesPause };
                change.Alert(tenant, "Very many wrong codes were dialled on phones of this organisation within an hour; codes are paused on this device for ten minutes.");
                return true;
            });
        }
    }

    private async Task<DialFeatureCodeOutcome> ApplyFeature(DialFeatureCodeCommand command)
    {
        if (Phone.Seat is not { User: { } user } seat || command.Caller.Epoch != seat.Epoch) return Refused("Sign in first");
        if (command.Feature == FeatureKind.Voicemail) return Refused("No voicemail here");
        var outcome = await GrainFactory.GetGrain<IUserGrain>($"{seat.Tenant}/{user.UserId}".ToLowerInvariant()).ApplyFeature(command.Feature, command.Argument, $"device:{Mac}");
        return outcome.Status == CommandStatus.Done ? new DialFeatureCodeOutcome { Status = DialStatus.Confirmed } : Refused("Number not accepted");
    }

    private static DialFeatureCodeOutcome Refused(string reason) => new() { Status = DialStatus.Refused, Reason = reason };
}
