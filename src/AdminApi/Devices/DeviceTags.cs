using System.Collections.Immutable;

namespace SipGateway.AdminApi;

/// <summary>Tags of a request. What a tag is, is the device's rule; here they are only few enough to be looked at.</summary>
internal static class DeviceTags
{
    /// <summary>The tags as they were typed.</summary>
    /// <exception cref="Grpc.Core.RpcException">There are too many.</exception>
    public static ImmutableArray<string> Of(IReadOnlyCollection<string> tags, string field) => tags.Count <= AdminApiLimits.MaxTags
        ? [.. tags]
        : throw AdminErrors.Invalid(field, $"has {tags.Count} tags; {AdminApiLimits.MaxTags} is the most");
}
