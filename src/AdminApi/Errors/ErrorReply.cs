using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using HttpRequest = Microsoft.AspNetCore.Http.HttpRequest;

namespace SipGateway.AdminApi;

/// <summary>Errors that are answered before a service is reached, in the caller's own dialect.</summary>
internal static class ErrorReply
{
    /// <summary>The messages that may stand in an error's details.</summary>
    public static readonly TypeRegistry Details = TypeRegistry.FromMessages(
        ErrorInfo.Descriptor, BadRequest.Descriptor, RetryInfo.Descriptor, ResourceInfo.Descriptor, PreconditionFailure.Descriptor);

    private static readonly JsonFormatter Json = new(
        JsonFormatter.Settings.Default.WithFormatDefaultValues(false).WithTypeRegistry(Details));

    /// <summary>Whether the caller speaks gRPC rather than JSON.</summary>
    public static bool IsGrpc(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Answers the error.</summary>
    public static async Task WriteAsync(HttpContext http, RpcException error)
    {
        if (IsGrpc(http.Request))
        {
            http.Response.ContentType = "application/grpc";
            http.Response.Headers["grpc-status"] = ((int)error.StatusCode).ToString(CultureInfo.InvariantCulture);
            http.Response.Headers["grpc-message"] = Uri.EscapeDataString(error.Status.Detail);
            http.Response.Headers[AdminErrors.DetailsTrailer] = Convert.ToBase64String(AdminErrors.StatusOf(error).ToByteArray());
            return;
        }

        http.Response.StatusCode = HttpStatusOf(error.StatusCode);
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(Json.Format(AdminErrors.StatusOf(error)), http.RequestAborted);
    }

    private static int HttpStatusOf(StatusCode code) => code switch
    {
        StatusCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
        StatusCode.NotFound => StatusCodes.Status404NotFound,
        StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition => StatusCodes.Status400BadRequest,
        StatusCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
