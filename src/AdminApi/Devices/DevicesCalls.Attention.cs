using System.Collections.Immutable;
using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;

namespace SipGateway.AdminApi;

/// <summary>Devices that need a person.</summary>
internal sealed partial class DevicesCalls
{
    /// <inheritdoc/>
    public override async Task<Device> ResolveAttention(ResolveAttentionRequest request, ServerCallContext context)
    {
        var (tenant, mac) = ResourceNames.Device(request.Name);
        var outcome = await devices.Grain(mac).ResolveAttention(new ResolveAttentionCommand
        {
            Context = context.Command(tenant, request.RequestId, request.ValidateOnly, request.Etag),
            Reasons = [.. request.Reasons.Distinct().Select(ReasonOf)],
        });
        outcome.ThrowUnlessDone(DeviceMessages.NameOf(tenant, mac), "reasons");
        return await devices.AfterAsync(outcome, tenant, mac, context.CancellationToken);
    }

    private static AttentionReason ReasonOf(Device.Types.AttentionReason reason) =>
        Enum.TryParse<AttentionReason>(reason.ToString(), out var known) && Enum.IsDefined(known)
            ? known
            : throw AdminErrors.Invalid("reasons", "has a reason that there is not; leave it empty for all that an admin can resolve");
}
