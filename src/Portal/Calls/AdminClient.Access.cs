using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <content>What the caller may do.</content>
internal sealed partial class AdminClient
{
    /// <summary>Who calls, and every call that is allowed here.</summary>
    public Task<Caller> CallerAsync() =>
        CallAsync(call => new Access.AccessClient(channel.Invoker).GetCallerAsync(new GetCallerRequest { Tenant = Tenant }, call));
}
