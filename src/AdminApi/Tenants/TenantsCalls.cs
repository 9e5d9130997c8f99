using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;
using Domain = SipGateway.Grains.Interfaces;
using Settings = SipGateway.Admin.V1.TenantSettings;

namespace SipGateway.AdminApi;

/// <summary>The calls about tenants.</summary>
internal sealed class TenantsCalls(TenantAccess tenants, EdgeRegions regions) : Admin.V1.Tenants.TenantsBase
{
    private const string Prefix = "settings.";

    private static readonly string[] Changeable =
    [
        "code_digits", "code_lifetime", "stale_signed_in", "stale_signed_out", "personal_sign_in", "trusted_ranges", "authority",
            "entra_tenant_id",
        "entra_client_id", "compatibility_gate", "region",
    ];

    /// <inheritdoc/>
    public override async Task<Tenant> CreateTenant(CreateTenantRequest request, ServerCallContext context)
    {
        var id = ResourceNames.Tenant($"tenants/{request.Tenant?.TenantId}", "tenant_id");
        return FromSnapshot(await tenants.Grain(id).Ensure(context.Command(id, request.RequestId)));
    }

    /// <inheritdoc/>
    public override async Task<Tenant> GetTenant(GetTenantRequest request, ServerCallContext context) =>
        FromSnapshot(await tenants.GetAsync(ResourceNames.Tenant(request.Name, "name")));

    /// <inheritdoc/>
    public override async Task<Tenant> UpdateTenant(UpdateTenantRequest request, ServerCallContext context)
    {
        var id = ResourceNames.Tenant(request.Tenant?.Name ?? "", "tenant.name");
        var old = await tenants.GetAsync(id);
        var asked = request.Tenant?.Settings ?? new Settings();
        var mask = UpdateMask.Of(WithoutPrefix(request.UpdateMask), asked, Changeable);
        var command = context.Command(id, request.RequestId, request.ValidateOnly, request.Tenant?.Etag ?? "");
        var settings = Merge(old.Settings, asked, mask);
        if (settings.Region != old.Settings.Region) await regions.EnsureThereAsync(settings.Region);
        (await tenants.Grain(id).SetSettings(command, settings)).ThrowUnlessDone($"tenants/{id}",
            "tenant.settings");
        return FromSnapshot(await tenants.GetAsync(id));
    }

    private static Tenant FromSnapshot(TenantSnapshot snapshot)
    {
        var settings = new Settings
        {
            CodeDigits = snapshot.Settings.CodeDigits,
            CodeLifetime = Duration.FromTimeSpan(snapshot.Settings.CodeLifetime),
            StaleSignedIn = Duration.FromTimeSpan(snapshot.Settings.StaleSignedIn),
            StaleSignedOut = Duration.FromTimeSpan(snapshot.Settings.StaleSignedOut),
            PersonalSignIn = (Settings.Types.PersonalSignIn)((int)snapshot.Settings.PersonalSignIn + 1),
            Authority = (Settings.Types.Authority)((int)snapshot.Settings.Authority + 1),
            EntraTenantId = snapshot.Settings.EntraTenantId,
            EntraClientId = snapshot.Settings.EntraClientId,
            CompatibilityGate = (Settings.Types.CompatibilityGate)((int)snapshot.Settings.CompatibilityGate + 1),
            Region = snapshot.Settings.Region,
        };
        settings.TrustedRanges.AddRange(snapshot.Settings.TrustedRanges);
        return new Tenant
        {
            Name = $"tenants/{snapshot.Tenant}",
            TenantId = snapshot.Tenant,
            Settings = settings,
            Etag = CommandContexts.EtagOf(snapshot.Version),
        };
    }

    private static Domain.TenantSettings Merge(Domain.TenantSettings old, Settings asked, UpdateMask mask) => new()
    {
        CodeDigits = mask.Choose("code_digits", asked.CodeDigits, old.CodeDigits),
        CodeLifetime = mask.Choose("code_lifetime", SpanOf(asked.CodeLifetime), old.CodeLifetime),
        StaleSignedIn = mask.Choose("stale_signed_in", SpanOf(asked.StaleSignedIn), old.StaleSignedIn),
        StaleSignedOut = mask.Choose("stale_signed_out", SpanOf(asked.StaleSignedOut), old.StaleSignedOut),
        PersonalSignIn = mask.Has("personal_sign_in") ? PersonalOf(asked.PersonalSignIn) : old.PersonalSignIn,
        TrustedRanges = mask.Choose("trusted_ranges", [.. asked.TrustedRanges], old.TrustedRanges),
        Authority = mask.Has("authority") ? AuthorityOf(asked.Authority) : old.Authority,
        EntraTenantId = mask.Choose("entra_tenant_id", asked.EntraTenantId, old.EntraTenantId),
        EntraClientId = mask.Choose("entra_client_id", asked.EntraClientId, old.EntraClientId),
        CompatibilityGate = mask.Has("compatibility_gate") ? GateOf(asked.CompatibilityGate) : old.CompatibilityGate,
        Region = mask.Choose("region", asked.Region, old.Region),
    };

    private static PersonalSignIn PersonalOf(Settings.Types.PersonalSignIn asked) => asked switch
    {
        Settings.Types.PersonalSignIn.Off => PersonalSignIn.Off,
        Settings.Types.PersonalSignIn.Trusted => PersonalSignIn.Trusted,
        Settings.Types.PersonalSignIn.Any => PersonalSignIn.Any,
        _ => throw AdminErrors.Invalid("tenant.settings.personal_sign_in", "must be OFF, TRUSTED or ANY"),
    };

    private static SignInAuthorityKind AuthorityOf(Settings.Types.Authority asked) => asked switch
    {
        Settings.Types.Authority.Embedded => SignInAuthorityKind.Embedded,
        Settings.Types.Authority.Entra => SignInAuthorityKind.Entra,
        _ => throw AdminErrors.Invalid("tenant.settings.authority", "must be EMBEDDED or ENTRA"),
    };

    private static CompatibilityGate GateOf(Settings.Types.CompatibilityGate asked) => asked switch
    {
        Settings.Types.CompatibilityGate.Allow => CompatibilityGate.Allow,
        Settings.Types.CompatibilityGate.Warn => CompatibilityGate.Warn,
        Settings.Types.CompatibilityGate.Refuse => CompatibilityGate.Refuse,
        _ => throw AdminErrors.Invalid("tenant.settings.compatibility_gate", "must be ALLOW, WARN or REFUSE"),
    };

    private static TimeSpan SpanOf(Duration? duration) => duration?.ToTimeSpan() ?? TimeSpan.Zero;

    private static FieldMask? WithoutPrefix(FieldMask? mask)
    {
        if (mask is null)
        {
            return null;
        }

        var inner = new FieldMask();
        inner.Paths.AddRange(
            mask.Paths.Select(p => p == "settings" ? "*" : p.StartsWith(Prefix, StringComparison.Ordinal) ? p[Prefix.Length..] : p));
        return inner;
    }
}
