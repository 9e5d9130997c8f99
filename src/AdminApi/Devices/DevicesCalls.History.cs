using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>How the fleet was.</summary>
internal sealed partial class DevicesCalls
{
    private static readonly TimeSpan UsualHistory = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestStep = TimeSpan.FromDays(31);

    /// <inheritdoc/>
    public override async Task<ListFleetSamplesResponse> ListFleetSamples(ListFleetSamplesRequest request, ServerCallContext context)
    {
        var tenant = ResourceNames.Tenant(request.Parent);
        var step = StepOf(request.Step);
        var since = request.StartTime?.ToDateTimeOffset() ?? time.GetUtcNow() - UsualHistory;
        await tenants.EnsureThereAsync(tenant);
        var samples = await history.ListAsync(tenant, since, context.CancellationToken);
        var response = new ListFleetSamplesResponse();
        response.FleetSamples.AddRange(samples.GroupBy(sample => sample.AtUtc.Ticks / step.Ticks).Select(MessageOf));
        return response;
    }

    private static TimeSpan StepOf(Duration? asked) => asked?.ToTimeSpan() switch
    {
        null => FleetSample.Step,
        { } step when step >= FleetSample.Step && step <= LongestStep => step,
        _ => throw AdminErrors.Invalid("step", "must be from 600s to 31 days"),
    };

    private static ListFleetSamplesResponse.Types.FleetSample MessageOf(IEnumerable<FleetSample> step)
    {
        var last = step.Last();
        return new ListFleetSamplesResponse.Types.FleetSample
        {
            SampleTime = Timestamp.FromDateTimeOffset(last.AtUtc),
            DeviceCount = last.Devices,
            OnlineCount = last.Online,
            SignedInCount = last.SignedIn,
            AttentionCount = last.Attention,
            SignInCount = step.Sum(sample => sample.SignIns),
            FailedSignInCount = step.Sum(sample => sample.FailedSignIns),
        };
    }
}
