using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

internal sealed partial class DeviceGrain
{
    // Not durable: after an activation the news may be told once more.
    private DateTimeOffset? unsupportedToldAtUtc;

    private WayToTls? wayToTls;

    public async Task<FetchConfigOutcome> FetchConfig(FetchConfigCommand command)
    {
        // Refreshes answered elsewhere count where a seat may be taken.
        var change = command.HasCertificate ? await BeginAsync() : Begin();
        var ranges = (await SettingsAsync(change.Next)).TrustedRanges;
        var keeper = CertificateRules.Gatekeeper(command, change.Next);
        var gate = keeper is null ? CompatibilityGate.Allow : (await tenants.GetAsync(keeper)).Settings.CompatibilityGate;
        var verdict = FetchRules.Decide(command, change, SourceRules.IsTrusted(command.Source, ranges), Fresh(), gate);
        if (verdict == FetchVerdict.OwnOverTls) wayToTls = WayToTls.Ask(wayToTls, command.Candidate!.Id, command.File, change.Now);
        PhoneConfig? config = null;
        if (verdict == FetchVerdict.Own)
        {
            wayToTls = null;
            await LookAtUser(change, force: command.File.IsOwn());
            config = await ConfigAsync(change.Next);
            if (command.File.IsOwn()) FetchRules.NoteDelivery(change, config.Hash);
        }

        if (change.HasChanged) await CommitAsync(change);
        else storage.State = change.Next;
        if (config is not null)
        {
            var lines = command.Lines > 1 && command.File.IsOwn() ? await LinesAsync(storage.State.Seat!, command) : [];
            return new FetchConfigOutcome { Config = config with { Lines = lines }, MinFirmware = MinFirmware(command.Phone) };
        }

        if (keeper is not null && CompatibilityRules.SignInRefused(gate, command.Phone, options.Compatibility) is { } wanting)
            await TellIncompatible(CompatibilityRules.EnrollmentKind, keeper, wanting, command.Source);
        var isForTls = verdict == FetchVerdict.OwnOverTls && wayToTls is { IsSent: true };
        return new FetchConfigOutcome { BootstrapPolicy = await BootstrapPolicyAsync(), IsForTls = isForTls };
    }

    private string MinFirmware(PhoneIdentity phone) => options.Compatibility.Find(phone.Vendor, phone.Model)?.Minimum ?? "";

    public async Task NoteUnsupported(UnsupportedFetch fetch)
    {
        var change = await BeginAsync();
        FetchRules.NoteUnsupported(fetch, change, unsupportedToldAtUtc);
        if (!change.HasChanged) return;
        await CommitAsync(change);
        unsupportedToldAtUtc = change.Now;
    }

    private async Task<EffectivePolicy?> BootstrapPolicyAsync()
    {
        var state = storage.State;
        var tenant = state.Seat?.Tenant ?? (state.Claims.Length == 1 ? state.Claims[0].Tenant : null);
        return tenant is null ? null : PolicyRules.Public(await PolicyAsync(state, tenant, ""));
    }
}
