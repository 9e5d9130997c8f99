using Grpc.Core;

namespace SipGateway.Cli;

/// <summary>A command that ends with a sentence and an exit code.</summary>
internal sealed class CommandFailure(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>The gateway's refusal, or that there is no gateway.</summary>
    public static CommandFailure From(RpcException error, string address, TimeSpan timeout) => error.StatusCode switch
    {
        StatusCode.Unavailable when IsUnreachable(error) => new CommandFailure(
            ExitCodes.Error,
            $"There is no gateway at {address}. Start one with ./run.sh, or name its gRPC address with --address or SIPGW_ADDRESS."),
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => new CommandFailure(ExitCodes.NoValidKey, error.Status.Detail),
        StatusCode.NotFound => new CommandFailure(ExitCodes.NotFoundOrPartial, error.Status.Detail),
        StatusCode.InvalidArgument => new CommandFailure(ExitCodes.Usage, error.Status.Detail),
        StatusCode.DeadlineExceeded => new CommandFailure(
            ExitCodes.TimeIsUp, $"The gateway did not answer within {GatewayOptions.Seconds(timeout)} s; "
            + "the command may still be carried out. Give it longer with --timeout."),
        _ => new CommandFailure(ExitCodes.Error, error.Status.Detail),
    };

    private static bool IsUnreachable(RpcException error) =>
        error.Status.DebugException is HttpRequestException or System.Net.Sockets.SocketException;
}
