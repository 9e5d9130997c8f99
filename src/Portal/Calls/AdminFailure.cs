using Grpc.Core;

namespace SipGateway.Portal;

/// <summary>Why the gateway did not do it, in a sentence for the person who asked.</summary>
internal sealed class AdminFailure(StatusCode code, string message) : Exception(message)
{
    /// <summary>What kind of refusal it is.</summary>
    public StatusCode Code { get; } = code;

    /// <summary>The gateway's own words, or ours where it could not speak.</summary>
    public static AdminFailure From(RpcException error) => new(error.StatusCode, error.StatusCode switch
    {
        StatusCode.Unauthenticated => Texts.SessionEnded,
        StatusCode.DeadlineExceeded => Texts.TookTooLong,
        StatusCode.Unavailable when error.Status.DebugException is not null => Texts.ApiUnreachable,
        _ => error.Status.Detail,
    });
}
