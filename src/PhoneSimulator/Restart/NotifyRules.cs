namespace SipGateway.PhoneSimulator;

/// <summary>What a phone answers to a NOTIFY, and whether it does what it would. Pure.</summary>
internal static class NotifyRules
{
    /// <param name="deed">What the dialect makes of it; null for an event it does not know.</param>
    /// <param name="obedience">What this phone does with any NOTIFY.</param>
    public static NotifyAnswer Decide(NotifyDeed? deed, NotifyObedience obedience) => obedience == NotifyObedience.Silent
        ? new NotifyAnswer(0, NotifyDeed.Nothing)
        : deed is null
            ? new NotifyAnswer(489, NotifyDeed.Nothing)
            : new NotifyAnswer(200, obedience == NotifyObedience.Obeys ? deed.Value : NotifyDeed.Nothing);
}
