using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;
using SipGateway.Trust;

namespace SipGateway.Grains.Devices;

/// <summary>Claims and their codes.</summary>
internal static class ClaimRules
{
    private const int MaxLocationLength = 200;

    public static CommandOutcome Claim(ClaimCommand command, DeviceChange change)
    {
        var by = command.Context;
        if (CommandRules.Before(change.Next, by) is { } answer) return answer;
        if (command.Location.Length > MaxLocationLength)
            return Refusal.Invalid("LOCATION_TOO_LONG", $"The location has more than {MaxLocationLength} characters. Shorten it.");
        if (CommandRules.Knows(change.Next, by.Tenant))
            return Refusal.Exists("DEVICE_EXISTS", $"This tenant has phone {change.Context.Mac} already. Generate a code for it.");
        if (change.Next.Claims.Length >= change.Options.MaxClaims)
        {
            return new CommandOutcome
            {
                Status = CommandStatus.ResourceExhausted,
                Reason = "TOO_MANY_CLAIMS",
                Message = "Too many tenants claim this MAC address. Check that it is read from the label correctly; else ask the operator.",
            };
        }

        var (tags, refused) = TagRules.Change([], Given(command.Tags), []);
        if (refused is not null) return refused;
        change.Next.Claims = change.Next.Claims.Add(new DeviceClaim
        {
            Tenant = by.Tenant, Location = command.Location, Site = command.Site, Tags = Kept(tags), CreatedAtUtc = change.Now,
        });
        change.Audit(by, "device.claim", command.Location);
        change.Event(by.Tenant, "enrollment.claimed", "The MAC address was claimed.");
        CertificateRules.CallWaiting(change);
        return change.Done(by);
    }

    /// <summary>What the tenant says of its device; a phone that came without a claim has one from now on.</summary>
    public static CommandOutcome Update(UpdateDeviceCommand command, DeviceChange change, TenantSnapshot tenant)
    {
        var by = command.Context;
        if (CommandRules.Before(change.Next, by) is { } answer) return answer;
        if (!CommandRules.Knows(change.Next, by.Tenant)) return CommandRules.Unknown(change.Context.Mac);
        if (command.Location?.Length > MaxLocationLength)
            return Refusal.Invalid("LOCATION_TOO_LONG", $"The location has more than {MaxLocationLength} characters. Shorten it.");
        if (command.Site is { Length: > 0 } site && !tenant.Sites.ContainsKey(site))
            return Refusal.Invalid("SITE_NOT_FOUND", $"There is no site '{site}'. Make it first, or take another.");
        if (command.Policy is { Length: > 0 } policy && !tenant.Policies.ContainsKey(policy))
            return Refusal.Invalid("POLICY_NOT_FOUND", $"There is no policy '{policy}'. Make it first, or take another.");
        var old = change.Next.Claims.FirstOrDefault(c => c.Tenant == by.Tenant);
        var claim = old ?? new DeviceClaim { Tenant = by.Tenant, CreatedAtUtc = change.Now };
        var (tags, refused) = TagRules.Change(command.Tags is null ? claim.Tags ?? [] : [], Given(command.Tags).Concat(Given(command.AddTags)),
            Given(command.RemoveTags));
        if (refused is not null) return refused;
        var updated = claim with { Location = command.Location ?? claim.Location, Site = command.Site ?? claim.Site, Tags = Kept(tags) };
        if (old is not null) change.Next.Claims = change.Next.Claims.Replace(old, updated);
        else if (updated != claim) change.Next.Claims = change.Next.Claims.Add(updated);
        if (command.Policy is { } chosen) change.Next.DevicePolicies = With(change.Next.DevicePolicies, by.Tenant, chosen);
        change.Audit(by, "device.update", Told(command));
        change.Event(by.Tenant, "policy.changed", $"An admin changed the device: {Told(command)}.");
        return change.Done(by);
    }

    /// <summary>The devices' own policies with this tenant's; an empty one is taken away.</summary>
    public static ImmutableSortedDictionary<string, string>? With(
        ImmutableSortedDictionary<string, string>? policies, string tenant, string policy)
    {
        var known = policies ?? ImmutableSortedDictionary<string, string>.Empty;
        known = policy.Length > 0 ? known.SetItem(tenant, policy) : known.Remove(tenant);
        return known.IsEmpty ? null : known;
    }

    private static ImmutableArray<string>? Kept(ImmutableArray<string> tags) => tags.IsEmpty ? null : tags;

    private static ImmutableArray<string> Given(ImmutableArray<string>? tags) => tags is { IsDefault: false } given ? given : [];

    private static string Told(UpdateDeviceCommand command) => string.Join(", ", new[]
    {
        command.Location is { } location ? $"location '{location}'" : null,
        command.Site is { } site ? $"site '{site}'" : null,
        command.Policy is { } policy ? $"policy '{policy}'" : null,
        command.Tags is { } tags ? $"tags '{string.Join(DeviceRow.TagMark, tags)}'" : null,
        Given(command.AddTags) is { IsEmpty: false } added ? $"added tags '{string.Join(DeviceRow.TagMark, added)}'" : null,
        Given(command.RemoveTags) is { IsEmpty: false } removed ? $"removed tags '{string.Join(DeviceRow.TagMark, removed)}'" : null,
    }.OfType<string>());

    public static GenerateCodeOutcome GenerateCode(AdminContext by, DeviceChange change, TenantSettings settings, KeyRing ring)
    {
        // A repetition shows the code again while it is good: it is derived, so nothing had to be kept.
        var isRepeated = AnsweredDeviceCommand.Find(change.Next.Answered, by) is not null;
        if (!isRepeated && CommandRules.Before(change.Next, by) is { } answer) return new GenerateCodeOutcome { Outcome = answer };
        var claim = change.Next.Claims.FirstOrDefault(c => c.Tenant == by.Tenant);
        if (claim is null)
        {
            return new GenerateCodeOutcome
            {
                Outcome = Refusal.NotNow("NOT_CLAIMED", $"Phone {change.Context.Mac} is not claimed by this tenant. Claim it first, then generate the code."),
            };
        }

        if (isRepeated && claim.Code is { RedeemedAtUtc: null } good && good.ExpiresAtUtc > change.Now)
            return Shown(CommandOutcome.Done, Derive(ring, change.Context.Mac, claim.Tenant, good) ?? "", good);
        var code = Draw(change, claim, settings, ring);
        var text = Derive(ring, change.Context.Mac, claim.Tenant, code)!;
        change.Next.Claims = change.Next.Claims.Replace(claim, claim with { Code = code, TryLaterUntilUtc = null });
        change.Audit(by, "device.generateVerificationCode");
        change.Event(by.Tenant, "enrollment.code_made", $"A verification code was made; it is good until {code.ExpiresAtUtc:u}.");
        return Shown(change.Done(by), text, code);
    }

    public static string? Derive(KeyRing ring, string mac, string tenant, StoredCode code) =>
        VerificationCode.Derive(ring, code.KeyId, mac, tenant, code.Counter, code.Digits);

    private static GenerateCodeOutcome Shown(CommandOutcome outcome, string text, StoredCode code) =>
        new() { Outcome = outcome, Code = text, ExpiresAtUtc = code.ExpiresAtUtc };

    // A code decides which tenant gets the phone: no two claims of one MAC may have the same.
    private static StoredCode Draw(DeviceChange change, DeviceClaim claim, TenantSettings settings, KeyRing ring)
    {
        var mac = change.Context.Mac;
        var others = change.Next.Claims.Where(c => c.Code is not null).Select(c => Derive(ring, mac, c.Tenant, c.Code!)).ToImmutableHashSet();
        while (true)
        {
            change.Next.CodeCounter++;
            var code = new StoredCode
            {
                Counter = change.Next.CodeCounter,
                KeyId = ring.CurrentId,
                Digits = settings.CodeDigits,
                ExpiresAtUtc = change.Now + settings.CodeLifetime,
            };
            if (!others.Contains(Derive(ring, mac, claim.Tenant, code))) return code;
        }
    }
}
