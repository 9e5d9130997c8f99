using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>What the compatibility table says of one phone.</summary>
/// <param name="Level">How it stands.</param>
/// <param name="Reason">For a phone's screen: at most 32 ASCII characters; empty when there is nothing to say.</param>
/// <param name="Message">For an administrator, with the firmware that is needed; empty when there is nothing to say.</param>
internal sealed record CompatibilityVerdict(DeviceCompatibility Level, string Reason, string Message)
{
    /// <summary>A tenant that warns or refuses does so.</summary>
    public bool IsWanting => Message.Length > 0;
}

/// <summary>
/// The gate of a tenant that wants known models and firmware only. It stands before the doors (the code, the sign-in), and never behind them: a
/// phone in service stays in service, whatever the table says of it tomorrow.
/// </summary>
internal static class CompatibilityRules
{
    public const string EnrollmentKind = "enrollment.incompatible";
    public const string SignInKind = "signin.incompatible";
    public const string NotCompatible = "DEVICE_NOT_COMPATIBLE";
    public const string UnknownModel = "Restart phone, then dial again";
    public const string UnlistedModel = "Phone model not supported";
    public const string TooOld = "Firmware too old";
    private const int MaxReasonChars = 32;

    /// <summary>What there is to say of a phone; spellings are the phone's own.</summary>
    public static CompatibilityVerdict Judge(CompatibilityTable table, PhoneIdentity phone)
    {
        var level = table.Judge(phone);
        return level switch
        {
            DeviceCompatibility.Unknown => new CompatibilityVerdict(
                level, UnknownModel, "The phone has not said yet which model it is. Restart it, wait until it has fetched its files, then try again."),
            DeviceCompatibility.Unlisted => new CompatibilityVerdict(
                level,
                UnlistedModel,
                $"{phone.Vendor} {phone.Model} is not in the compatibility table. "
                    + "Take a listed model, or let the operator add this one (--compatibility-file)."),
            DeviceCompatibility.BelowMinimum => TooOldFirmware(table.Find(phone.Vendor, phone.Model)!, phone),
            _ => new CompatibilityVerdict(level, "", ""),
        };
    }

    /// <summary>The refusal of a tenant that refuses; null: come in.</summary>
    public static CompatibilityVerdict? Refused(CompatibilityGate gate, PhoneIdentity phone, CompatibilityTable table) =>
        gate == CompatibilityGate.Refuse && Judge(table, phone) is { IsWanting: true } verdict ? verdict : null;

    /// <summary>The same for a sign-in.</summary>
    public static CommandOutcome? SignInRefused(CompatibilityGate gate, PhoneIdentity phone, CompatibilityTable table) =>
        Refused(gate, phone, table) is { } verdict ? Refusal.NotNow(NotCompatible, verdict.Message) : null;

    /// <summary>The event of a tenant that wants to be warned.</summary>
    public static void Warn(CompatibilityGate gate, string tenant, string kind, PhoneIdentity phone, DeviceChange change, string source)
    {
        if (gate == CompatibilityGate.Warn && Judge(change.Options.Compatibility, phone) is { IsWanting: true } verdict)
            change.Event(tenant, kind, $"The phone was let in with a warning. {verdict.Message}", source);
    }

    /// <summary>What the event of a refusal says.</summary>
    public static string Told(string message) => $"The phone was refused. {message}";

    /// <summary>For a tenant that warns or refuses: what is wanting of the phone it holds; null: nothing.</summary>
    public static Finding? Finding(CompatibilityGate gate, DeviceView view, CompatibilityTable table)
    {
        if (gate == CompatibilityGate.Allow || view.State is DeviceLifeState.Onboarded or DeviceLifeState.WaitingOnActivation) return null;
        var verdict = Judge(table, Of(view));
        return verdict.IsWanting
            ? new Finding
            {
                Stage = "Onboarding",
                Status = verdict.Level == DeviceCompatibility.Unknown ? "WAITING" : "PROBLEM",
                Message = $"Compatibility: {verdict.Message}",
                NextStep = verdict.Level == DeviceCompatibility.BelowMinimum ? "Upgrade its firmware." : "",
            }
            : null;
    }

    /// <summary>The view with its compatibility, where the tenant holds the phone.</summary>
    public static DeviceView Judged(DeviceView view, CompatibilityTable table) => view with { Compatibility = table.Judge(Of(view)) };

    /// <summary>The phone in the seat.</summary>
    public static PhoneIdentity Of(DeviceState state) => new() { Vendor = state.Vendor, Model = state.Model, Firmware = state.Firmware };

    /// <summary>A candidate.</summary>
    public static PhoneIdentity Of(SeenCandidate? candidate) => new()
    {
        Vendor = candidate?.Vendor ?? "", Model = candidate?.Model ?? "", Firmware = candidate?.Firmware ?? "",
    };

    private static PhoneIdentity Of(DeviceView view) => new() { Vendor = view.Vendor, Model = view.Model, Firmware = view.Firmware };

    private static CompatibilityVerdict TooOldFirmware(CompatibilityRow row, PhoneIdentity phone)
    {
        var needed = Shown(row.Minimum);
        var reason = $"Needs firmware {needed}";
        var runs = phone.Firmware.Length > 0 ? $"runs firmware {phone.Firmware}" : "does not say its firmware";
        var approved = row.Approved.Length > 0 ? $", {Shown(row.Approved)} is approved" : "";
        return new CompatibilityVerdict(
            DeviceCompatibility.BelowMinimum,
            reason.Length <= MaxReasonChars && Ascii(reason) ? reason : TooOld,
            $"{phone.Vendor} {phone.Model} {runs}; it needs {needed} or later{approved}. Upgrade it, then try again.");
    }

    // The star for a model's own number means nothing to who reads it.
    private static string Shown(string version) => version.StartsWith("*.", StringComparison.Ordinal) ? version[2..] : version;

    private static bool Ascii(string text) => text.All(c => c is >= ' ' and <= '~');
}
