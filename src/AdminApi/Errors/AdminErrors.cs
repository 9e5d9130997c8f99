using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using SipGateway.Hosting;
using Status = Google.Rpc.Status;

namespace SipGateway.AdminApi;

/// <summary>Every error of the admins' side, with a reason for programs and a sentence for people (AIP-193).</summary>
internal static class AdminErrors
{
    /// <summary>The domain of all reasons.</summary>
    public const string Domain = "sipgateway";

    /// <summary>The trailer that carries the whole <see cref="Status"/>.</summary>
    public const string DetailsTrailer = "grpc-status-details-bin";

    private const int RetryDelaySeconds = 1;

    /// <summary>No key, or a wrong one.</summary>
    public static RpcException Unauthenticated() => Make(
        StatusCode.Unauthenticated,
        "NO_VALID_KEY",
        "This call needs an admin key. Send the header 'Authorization: Bearer KEY' with the key from the file admin.key in the gateway's data directory, "
        + "or with another that you were given.");

    /// <summary>Too many wrong keys from one address.</summary>
    public static RpcException TooManyWrongKeys() => Make(
        StatusCode.ResourceExhausted,
        "TOO_MANY_WRONG_KEYS",
        "Too many calls with a wrong key came from your address. Wait a minute, and check the key.",
        new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)) });

    /// <summary>A token that was good once.</summary>
    public static RpcException TokenExpired() =>
        Make(StatusCode.Unauthenticated, "TOKEN_EXPIRED", "Your access token has expired. Get a new one, and call again.");

    /// <summary>A key that was taken back while a stream was open.</summary>
    public static RpcException KeyTakenBack() => Make(
        StatusCode.Unauthenticated, "KEY_TAKEN_BACK", "The admin key of this stream was taken back. Call again with another that you were given.");

    /// <summary>Other rights than when a stream was opened.</summary>
    public static RpcException RightsChanged() => Make(
        StatusCode.Aborted,
        "RIGHTS_CHANGED",
        "What your key or account may do has changed since this stream was opened. Call again, with the last resume_token.");

    /// <summary>Known, and nobody here.</summary>
    public static RpcException NoRole() => Make(
        StatusCode.PermissionDenied,
        "NO_ROLE",
        "Your account is known, but has no role at this gateway. Ask whoever runs it which group gives one, and sign in again once you are in it.");

    /// <summary>A token that cannot be judged now.</summary>
    public static RpcException NoTokenServer() => NotYet(
        "NO_TOKEN_SERVER", "The server that signed your access token cannot be reached, so nobody can tell whether it is good. Try again in a moment.");

    /// <summary>The caller may not do this; says which role may.</summary>
    public static RpcException PermissionDenied(string method, string tenant, IEnumerable<AdminGrant> has)
    {
        var call = method[(method.LastIndexOf('/') + 1)..];
        var needed = AdminGrant.Word(CallRoles.Of(method).Least);
        var where = tenant.Length > 0 ? $"tenants/{tenant}" : "the whole gateway";
        return Make(
            StatusCode.PermissionDenied,
            "NOT_ALLOWED",
            $"{call} needs the role {needed} for {where}; you have {string.Join(", ", has)}. Ask whoever gave you your key or account for that role.");
    }

    /// <summary>One field is wrong.</summary>
    public static RpcException Invalid(string field, string description, string reason = "INVALID_FIELD") => Make(
        StatusCode.InvalidArgument,
        reason,
        $"{field}: {description}",
        new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = field, Description = description } } });

    /// <summary>There is no such thing for this tenant.</summary>
    public static RpcException NotFound(string name, string reason = "NOT_FOUND", string next = "") => Make(
        StatusCode.NotFound,
        reason,
        $"There is no {name}.{(next.Length > 0 ? " " + next : "")}",
        new ResourceInfo { ResourceName = name });

    /// <summary>Nobody knows whether it happened; asking again with the same request id is safe.</summary>
    public static RpcException Unavailable(string what) => Make(
        StatusCode.Unavailable,
        "OUTCOME_UNKNOWN",
        $"{what} The command may or may not have been carried out: ask again with the same request id.",
        new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(RetryDelaySeconds)) });

    /// <summary>Not ready yet; the same call will do later.</summary>
    public static RpcException NotYet(string reason, string message) => Make(
        StatusCode.Unavailable,
        reason,
        message,
        new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(RetryDelaySeconds)) });

    /// <summary>Something of ours broke; the log has it under this number.</summary>
    public static RpcException Internal(string traceId) =>
        Make(StatusCode.Internal, "INTERNAL", $"The gateway failed at this call. Its log has the cause under {traceId}.");

    /// <summary>An error with its details in the trailers, where gRPC clients and the REST side find them.</summary>
    public static RpcException Make(StatusCode code, string reason, string message, params IMessage[] details)
    {
        var status = new Status { Code = (int)code, Message = message };
        status.Details.Add(Any.Pack(new ErrorInfo { Reason = reason, Domain = Domain }));
        status.Details.AddRange(details.Select(Any.Pack));
        return new RpcException(new Grpc.Core.Status(code, message), new Metadata { { DetailsTrailer, status.ToByteArray() } }, message);
    }

    /// <summary>The whole status of an error; made from code and message when it carries none.</summary>
    public static Status StatusOf(RpcException error) =>
        error.Trailers.GetValueBytes(DetailsTrailer) is { } bytes
            ? Status.Parser.ParseFrom(bytes)
            : new Status { Code = (int)error.StatusCode, Message = error.Status.Detail };

    /// <summary>The machine-readable reason of an error.</summary>
    public static string ReasonOf(RpcException error)
    {
        var info = StatusOf(error).Details.FirstOrDefault(d => d.Is(ErrorInfo.Descriptor));
        return info?.Unpack<ErrorInfo>().Reason ?? error.StatusCode.ToString();
    }
}
