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
        var since = SinceOf(request.StartTime);
        await tenants.EnsureThereAsync(tenant);
        var samples = await history.ListAsync(tenant, since, context.CancellationToken);
        var response = new ListFleetSamplesResponse();
        response.FleetSamples.AddRange(samples.GroupBy(sample => sample.AtUtc.Ticks / step.Ticks).Select(MessageOf));
        return response;
    }

    // What a binary message may hold and no clock does is no time.
    private DateTimeOffset SinceOf(Timestamp? asked)
    {
        if (asked is null) return time.GetUtcNow() - UsualHistory;
        return asked.Seconds >= 0 && asked.Seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() && asked.Nanos is >= 0 and < 1_000_000_000
            ? asked.ToDateTimeOffset()
            : throw AdminErrors.Invalid("start_time", "is no time since 1970; write 2026-01-31T12:00:00Z");
    }

    private static TimeSpan StepOf(Duration? asked)
    {
        if (asked is null) return FleetSample.Step;
        return asked.Seconds >= FleetSample.Step.TotalSeconds && asked.Seconds <= LongestStep.TotalSeconds
            ? TimeSpan.FromSeconds(asked.Seconds)
            : throw AdminErrors.Invalid("step", $"must be from {FleetSample.Step.TotalSeconds}s to {LongestStep.TotalSeconds}s");
    }

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
