using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

internal sealed partial class DeviceGrain
{
    public Task<FetchConfigOutcome> FetchConfig(FetchConfigCommand command) => Do("", change => OnboardingRules.Fetch(change, command));
}
