using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using SipGateway.Storage;

namespace SipGateway.Hosting;

/// <summary>Why a start failed, in one line; a stack trace helps nobody whose port is in use.</summary>
public static class StartFailure
{
    /// <summary>The line; null when it is a fault of ours, whose stack trace is wanted.</summary>
    public static string? Explain(Exception error) => error switch
    {
        StartException or StorageStartException or InvalidDataException => error.Message,
        AddressInUseException => Port(error),
        IOException { InnerException: AddressInUseException } => Port(error),
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => Port(error),
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            $"{error.Message}. Ports below 1024 need root; choose others (--help lists the options).",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } =>
            $"{error.Message}. The address is none of this machine's; give one of its own with --bind or --admin-bind.",
        IOException or UnauthorizedAccessException => error.Message,
        AggregateException { InnerExceptions: [var only] } => Explain(only),
        _ => null,
    };

    private static string Port(Exception error) =>
        $"{error.Message.TrimEnd('.')}. Another program (or another gateway) listens there; "
        + "stop it or choose another port (--help lists the options; 0 means any).";
}
