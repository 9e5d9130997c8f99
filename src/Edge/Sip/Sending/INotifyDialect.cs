using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>How one vendor's phones want to be told by NOTIFY. Each vendor folder has one.</summary>
public interface INotifyDialect
{
    /// <summary>The vendor folder's name, as in <see cref="NotifyOrder.Vendor"/>.</summary>
    string Vendor { get; }

    /// <summary>The value of the Event header, such as <c>check-sync;reboot=true</c>.</summary>
    string Event(NotifyKind kind);
}
