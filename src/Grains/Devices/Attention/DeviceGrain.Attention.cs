using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

internal sealed partial class DeviceGrain
{
    public Task<CommandOutcome> ResolveAttention(ResolveAttentionCommand command) =>
        Do(command.Context, change => AttentionRules.Resolve(command, change));
}
