using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>How one vendor's phones want to be told by NOTIFY. Each vendor folder has one.</summary>
public interface INotifyDialect
{
    /// <summary>The vendor folder's name, as in <see cref="NotifyOrder.Vendor"/>.</summary>
    string Vendor { get; }

    /// <summary>
    /// First words of its phones' SIP user agents, in lower case, where they are not the folder's name: what a phone is known by before its first fetch
    /// as a device. Default: none.
    /// </summary>
    IReadOnlyList<string> SipNames => [];

    /// <summary>The value of the Event header, such as <c>check-sync;reboot=true</c>.</summary>
    string Event(NotifyKind kind);
}
