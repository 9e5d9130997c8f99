using System.Globalization;
using Grpc.Core;
using SipGateway.Grains.Interfaces;

namespace SipGateway.AdminApi;

/// <summary>Makes the context that goes with every command to a grain.</summary>
internal static class CommandContexts
{
    /// <summary>Who asks, for which tenant, and by which key a repeated request is recognised (AIP-155, 163, 154).</summary>
    public static AdminContext Command(
        this ServerCallContext context, string tenant, string requestId, bool validateOnly = false, string etag = "") => new()
        {
            Tenant = tenant,
            Actor = AdminCaller.Of(context).Actor,
            CommandId = CommandIdOf(requestId),
            ValidateOnly = validateOnly,
            ExpectedVersion = VersionOf(etag),
        };

    /// <summary>The etag of a version.</summary>
    public static string EtagOf(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static long? VersionOf(string etag)
    {
        if (etag.Length == 0)
        {
            return null;
        }

        return long.TryParse(etag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw AdminErrors.Invalid("etag", "is none of this gateway's: send back the etag that you were given, or none");
    }

    private static string CommandIdOf(string requestId)
    {
        if (requestId.Length == 0)
        {
            return Guid.NewGuid().ToString("n");
        }

        return requestId.Length <= AdminApiLimits.MaxRequestIdChars && requestId.All(c => c is > ' ' and < '\u007f')
            ? requestId
            : throw AdminErrors.Invalid("request_id",
                $"must be at most {AdminApiLimits.MaxRequestIdChars} printable ASCII characters; a UUID does");
    }
}
