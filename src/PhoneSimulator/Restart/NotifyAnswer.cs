namespace SipGateway.PhoneSimulator;

/// <summary>What a phone makes of a NOTIFY.</summary>
/// <param name="StatusCode">What it answers; 0 for nothing.</param>
/// <param name="Deed">What it does then.</param>
/// <param name="Challenge">What it asks for beside a 401; null for nothing.</param>
internal readonly record struct NotifyAnswer(int StatusCode, NotifyDeed Deed, string? Challenge = null);

/// <summary>What a NOTIFY makes a phone do.</summary>
internal enum NotifyDeed
{
    Nothing,
    Resync,
    Reboot,
    ShowScreen,
}
