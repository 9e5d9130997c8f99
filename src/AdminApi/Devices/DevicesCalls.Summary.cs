using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>Counts over the fleet.</summary>
internal sealed partial class DevicesCalls
{
    /// <inheritdoc/>
    public override async Task<SummarizeDevicesResponse> SummarizeDevices(SummarizeDevicesRequest request, ServerCallContext context)
    {
        var tenant = ResourceNames.Tenant(request.Parent);
        var fields = CountedFields.Of(request.Fields);
        var limit = CountedFields.Limit(request.ValueLimit);
        var maxAge = CountedFields.MaxAge(request.MaxAge);
        var filter = FilterOf(request.Filter);
        var query = new DeviceQuery
        {
            Tenant = tenant,
            Filter = filter.Terms,
            Search = filter.Search is { } word ? DeviceFilterFields.MacStart(word) : null,
            NowUtc = time.GetUtcNow(),
        };
        await tenants.EnsureThereAsync(tenant);
        var (summary, at) = await counts.CountAsync(query, [.. fields.Select(field => field.Field)], limit, maxAge, context.CancellationToken);
        var response = new SummarizeDevicesResponse { DeviceCount = summary.Total, CountTime = Timestamp.FromDateTimeOffset(at) };
        response.Groups.AddRange(summary.Groups.Select((group, i) => FromGroup(fields[i].Name, group)));
        return response;
    }

    private static SummarizeDevicesResponse.Types.Group FromGroup(string name, DeviceGroup group)
    {
        var message = new SummarizeDevicesResponse.Types.Group { Field = name, OtherCount = group.OtherCount };
        message.Counts.AddRange(group.Counts.Select(count => new SummarizeDevicesResponse.Types.Count { Value = count.Value, DeviceCount = count.Devices }));
        return message;
    }
}

/// <summary>What devices are counted by.</summary>
internal static class CountedFields
{
    private static readonly ImmutableArray<string> Names = ["state", "connection", "trust_level", "vendor", "model", "firmware", "site"];

    /// <summary>The fields asked for, by their names in proto or JSON; all when none is named.</summary>
    public static ImmutableArray<(string Name, DeviceField Field)> Of(IReadOnlyCollection<string> asked) =>
        [.. (asked.Count == 0 ? Names : asked.Distinct(StringComparer.Ordinal)).Select(FieldOf)];

    /// <summary>Values told of each field.</summary>
    public static int Limit(int asked) => asked switch
    {
        < 0 => throw AdminErrors.Invalid("value_limit", "cannot be negative"),
        0 => AdminApiLimits.DefaultCountedValues,
        _ => Math.Min(asked, AdminApiLimits.MaxCountedValues),
    };

    /// <summary>How old the count may be.</summary>
    public static TimeSpan MaxAge(Duration? asked) => asked switch
    {
        null => AdminApiLimits.CountLifetime,
        { Seconds: < 0 } or { Nanos: < 0 } => throw AdminErrors.Invalid("max_age", "cannot be negative"),
        { Seconds: var seconds } when seconds >= AdminApiLimits.CountLifetime.TotalSeconds => AdminApiLimits.CountLifetime,
        _ => asked.ToTimeSpan(),
    };

    private static (string Name, DeviceField Field) FieldOf(string asked)
    {
        var name = asked == "trustLevel" ? "trust_level" : asked;
        return Names.Contains(name) && DeviceFilterFields.TryFind(name, out var field)
            ? (name, field)
            : throw AdminErrors.Invalid("fields", $"'{ResourceNames.Shown(asked)}' is not counted by; there are {string.Join(", ", Names)}");
    }
}
