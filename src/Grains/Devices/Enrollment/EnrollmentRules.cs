using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Grains;

/// <summary>Claims and codes: who says that a phone is theirs, and how the phone agrees.</summary>
internal static class EnrollmentRules
{
    private const int MaxLocationChars = 200;

    /// <summary>A tenant claims the device.</summary>
    public static CommandOutcome Claim(DeviceChange change, ClaimCommand command)
    {
        var phone = change.Phone;
        var tenant = command.Context.Tenant;
        if (command.Location.Length > MaxLocationChars || command.Location.Any(char.IsControl))
        {
            return Refusal.Invalid("LOCATION_INVALID", $"A location has at most {MaxLocationChars} characters and no control characters.");
        }

        if (command.Site.Length > 0 && change.Facts.TenantOf(tenant)?.Sites.ContainsKey(command.Site) != true)
        {
            return Refusal.Invalid("SITE_UNKNOWN", $"There is no site '{command.Site}'. Make it first, or leave it out.");
        }

        if (phone.Claims.Any(c => c.Tenant == tenant))
        {
            return Refusal.Exists("DEVICE_EXISTS", $"The device {change.Facts.Mac} is claimed already. Make a code for it, or delete it first.");
        }

        if (phone.Claims.Length >= change.Facts.Options.MaxClaims)
        {
            return new CommandOutcome
            {
                Status = CommandStatus.ResourceExhausted,
                Reason = "TOO_MANY_CLAIMS",
                Message = $"{change.Facts.Options.MaxClaims} tenants claim this MAC. Check the MAC; one of them must delete its claim first.",
            };
        }

        change.Phone = phone with
        {
            Claims = phone.Claims.Add(new Claim { Tenant = tenant, Location = command.Location, Site = command.Site, CreatedAtUtc = change.Now }),
        };
        change.Audit(command.Context, "device.claim", command.Location);
        change.Event("enrollment.claimed", "The device was claimed.", tenant: tenant);
        return change.Answered(command.Context, CommandOutcome.Done);
    }

    /// <summary>Makes a code; an unused earlier one ends.</summary>
    public static GenerateCodeOutcome GenerateCode(DeviceChange change, AdminContext context)
    {
        if (change.Phone.Claims.FirstOrDefault(c => c.Tenant == context.Tenant) is not { } claim)
        {
            return new GenerateCodeOutcome
            {
                Outcome = Refusal.NotNow("NOT_CLAIMED", $"The device {change.Facts.Mac} is not claimed. Claim it first, then make its code."),
            };
        }

        // The same request again shows the same code, as long as it is good.
        if (change.Phone.Answered.Any(a => a.Id == context.CommandId) && IsWaiting(claim, change.Facts)) return Shown(claim, change.Facts);
        var made = NewCode(change, claim);
        if (context.ValidateOnly) return new GenerateCodeOutcome { Outcome = CommandOutcome.Done };
        change.Phone = change.Phone with { Claims = change.Phone.Claims.Replace(claim, made), CodeCounter = made.CodeCounter };
        change.Audit(context, "device.generateVerificationCode");
        change.Event("enrollment.code_made", $"A code was made; it is good until {made.CodeExpiresAtUtc:u}.", tenant: context.Tenant);
        change.Answered(context, CommandOutcome.Done);
        return Shown(made, change.Facts);
    }

    /// <summary>Whether this claim's code can still be dialled for the first time.</summary>
    public static bool IsWaiting(Claim claim, DeviceFacts facts) =>
        claim.CodeCounter > 0 && claim.RedeemedBy.Length == 0 && claim.CodeExpiresAtUtc > facts.Now && claim.WrongCodes < facts.Options.MaxWrongCodes;

    /// <summary>The code of a claim; null for none.</summary>
    public static string? CodeOf(Claim claim, DeviceFacts facts) => claim.CodeCounter == 0
        ? null
        : VerificationCode.Derive(facts.Keys, claim.CodeKeyId, facts.Mac, claim.Tenant, claim.CodeCounter, claim.CodeDigits);

    /// <summary>A tenant forgets the device.</summary>
    public static CommandOutcome Delete(DeviceChange change, AdminContext context, string operationId)
    {
        if (change.Phone.Claims.FirstOrDefault(c => c.Tenant == context.Tenant) is not { } claim)
        {
            return Refusal.Missing("DEVICE_NOT_FOUND", $"There is no device {change.Facts.Mac} in this tenant.");
        }

        change.Event("enrollment.deleted", "The device was deleted.", tenant: context.Tenant);
        if (change.Phone.Seat?.Tenant == context.Tenant) SeatRules.Release(change);
        change.Phone = change.Phone with
        {
            Claims = change.Phone.Claims.Remove(claim),
            Alerts = change.Phone.Alerts.RemoveAll(a => a.Tenant == context.Tenant),
            Operations = change.Phone.Operations.RemoveAll(o => o.Tenant == context.Tenant),
        };
        change.Audit(context, "device.delete");
        change.Operation(context.Tenant, operationId, "delete", "SUCCEEDED", "Deleted. The phone is told, and starts anew.", change.Now);
        return change.Answered(context, new CommandOutcome { Status = CommandStatus.Done, OperationId = operationId });
    }

    private static Claim NewCode(DeviceChange change, Claim claim)
    {
        var settings = change.Facts.SettingsOf(claim.Tenant);
        var counter = change.Phone.CodeCounter;
        var taken = change.Phone.Claims.Where(c => c.Tenant != claim.Tenant && c.CodeExpiresAtUtc > change.Now).Select(c => CodeOf(c, change.Facts)).ToHashSet();
        Claim next;
        do
        {
            // One code leads to one tenant: a counter whose code another claim of this MAC has is passed over.
            next = claim with
            {
                CodeCounter = ++counter,
                CodeKeyId = change.Facts.Keys.CurrentId,
                CodeDigits = settings.CodeDigits,
                CodeExpiresAtUtc = change.Now + settings.CodeLifetime,
                RedeemedBy = "",
                WrongCodes = 0,
            };
        }
        while (taken.Contains(CodeOf(next, change.Facts)));

        return next;
    }

    private static GenerateCodeOutcome Shown(Claim claim, DeviceFacts facts) => new()
    {
        Outcome = CommandOutcome.Done, Code = CodeOf(claim, facts) ?? "", ExpiresAtUtc = claim.CodeExpiresAtUtc,
    };
}
