using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>The event that most vendors share.</summary>
internal static class CheckSync
{
    /// <summary>A resync, or a reboot when it asks for one; null for another event.</summary>
    public static NotifyDeed? Obey(EventHeader? notified) => notified?.Type.ToLowerInvariant() != "check-sync" ? null
        : string.Equals(notified.Parameters["reboot"], "true", StringComparison.OrdinalIgnoreCase) ? NotifyDeed.Reboot : NotifyDeed.Resync;
}
