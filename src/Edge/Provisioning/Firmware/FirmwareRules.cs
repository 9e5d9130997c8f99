using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>Which firmware a phone is told to fetch: pure.</summary>
internal static class FirmwareRules
{
    /// <summary>
    /// The newest of its channel that is newer than what the phone runs, not older than what works on it, and whose time it is; null: none. A phone whose
    /// firmware cannot be read gets none, because nobody knows that it would not be a step back.
    /// </summary>
    /// <param name="entries">What is here.</param>
    /// <param name="phone">What asks, with what it runs.</param>
    /// <param name="channel">The policy's.</param>
    /// <param name="minimum">By the compatibility table; empty when none is known.</param>
    /// <param name="now">The time.</param>
    /// <param name="zone">Where the phone is.</param>
    public static FirmwareEntry? Choose(
        ImmutableArray<FirmwareEntry> entries, RecognizedPhone phone, string channel, string minimum, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (channel.Length == 0 || FirmwareVersion.Parse(phone.Vendor, phone.Firmware) is not { } runs) return null;
        var least = FirmwareVersion.Parse(phone.Vendor, minimum);
        FirmwareEntry? best = null;
        var bestVersion = runs;
        foreach (var entry in entries.Where(e => IsFor(e, phone, channel) && IsTime(e, now, zone)))
        {
            var version = FirmwareVersion.Parse(entry.Vendor, entry.Version)!;
            if (version.CompareTo(bestVersion) <= 0 || (least is not null && version.CompareTo(least) < 0)) continue;
            (best, bestVersion) = (entry, version);
        }

        return best;
    }

    /// <summary>Whether an entry may be handed out now.</summary>
    public static bool IsTime(FirmwareEntry entry, DateTimeOffset now, TimeZoneInfo zone) =>
        !(now < entry.NotBeforeUtc) && !(now >= entry.NotAfterUtc)
        && entry.Window?.IsOpen(TimeOnly.FromTimeSpan(TimeZoneInfo.ConvertTime(now, zone).TimeOfDay)) != false;

    private static bool IsFor(FirmwareEntry entry, RecognizedPhone phone, string channel) =>
        entry.Vendor == phone.Vendor && entry.Channel == channel && entry.Models.Any(model => ModelPattern.Fits(model, phone.Model));
}
