using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>What a phone's own file says of firmware.</summary>
internal sealed class FirmwareOffers(FirmwareShelf shelf, ICallsInProgress calls, ProvisioningOptions options, TimeProvider time)
{
    /// <summary>The area under which files are.</summary>
    public const string Area = "firmware";

    /// <summary>
    /// Null: nothing, because there is no folder or no channel. Empty: no firmware now, and whatever the file said before is taken back. Otherwise where
    /// it is.
    /// </summary>
    /// <param name="phone">What asks, with what it runs.</param>
    /// <param name="mac">Which device.</param>
    /// <param name="policy">What applies to it.</param>
    /// <param name="minimum">The oldest firmware that works on it; empty when none is known.</param>
    public string? UrlFor(RecognizedPhone phone, string mac, EffectivePolicy policy, string minimum)
    {
        if (!shelf.IsOn || policy.FirmwareChannel.Length == 0) return null;
        if (calls.Has(mac)) return "";
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(policy.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        return FirmwareRules.Choose(shelf.Entries, phone, policy.FirmwareChannel, minimum, time.GetUtcNow(), zone) is { } entry
            ? $"{options.SecureRoot}/{Area}/{Uri.EscapeDataString(entry.File)}"
            : "";
    }
}
