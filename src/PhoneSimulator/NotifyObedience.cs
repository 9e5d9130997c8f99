namespace SipGateway.PhoneSimulator;

/// <summary>What a phone does with a NOTIFY that asks it to resync or reboot.</summary>
public enum NotifyObedience
{
    /// <summary>What its configuration says.</summary>
    Obeys,

    /// <summary>Answers 200 and does nothing: an answer proves no restart.</summary>
    AnswersOnly,

    /// <summary>Does not answer, as behind a filter or a dead NAT mapping.</summary>
    Silent,
}
