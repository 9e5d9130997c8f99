using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>How a Yealink reads a NOTIFY. Pure.</summary>
internal static class NotifyRules
{
    /// <summary>
    /// <c>sip.notify_reboot_enable</c>: 1, what the factory gave, always reboots; 0 reboots only with <c>;reboot=true</c> and resyncs
    /// otherwise; 2 ignores.
    /// </summary>
    public static NotifyAnswer Decide(EventHeader? notified, PhoneSettings settings, NotifyObedience obedience)
    {
        if (obedience == NotifyObedience.Silent)
        {
            return new NotifyAnswer(0, NotifyDeed.Nothing);
        }

        var deed = notified?.Type.ToLowerInvariant() switch
        {
            "check-sync" => settings.Number("sip.notify_reboot_enable", 1) switch
            {
                2 => NotifyDeed.Nothing,
                0 when !string.Equals(notified.Parameters["reboot"], "true", StringComparison.OrdinalIgnoreCase) => NotifyDeed.Resync,
                _ => NotifyDeed.Reboot,
            },
            "yealink-xml" when settings.Switch("push_xml.sip_notify", factoryValue: false) => NotifyDeed.ShowScreen,
            _ => default(NotifyDeed?),
        };
        return deed is null
            ? new NotifyAnswer(489, NotifyDeed.Nothing)
            : new NotifyAnswer(200, obedience == NotifyObedience.Obeys ? deed.Value : NotifyDeed.Nothing);
    }
}
