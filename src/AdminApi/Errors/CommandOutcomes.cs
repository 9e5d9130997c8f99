using Grpc.Core;
using SipGateway.Grains.Interfaces;

namespace SipGateway.AdminApi;

/// <summary>How the end of a grain's command reads as a status of the API.</summary>
internal static class CommandOutcomes
{
    /// <summary>Returns when done; throws the refusal otherwise.</summary>
    public static void ThrowUnlessDone(this CommandOutcome outcome, string name, string argument = "")
    {
        if (outcome.Status != CommandStatus.Done)
        {
            throw ToError(outcome, name, argument);
        }
    }

    /// <summary>The refusal as an error.</summary>
    public static RpcException ToError(CommandOutcome outcome, string name, string argument = "")
    {
        var message = outcome.Message.Length > 0 ? outcome.Message : $"{name}: {outcome.Status}.";
        return outcome.Status switch
        {
            CommandStatus.NotFound => Make(StatusCode.NotFound, "NOT_FOUND", new Google.Rpc.ResourceInfo { ResourceName = name }),
            CommandStatus.AlreadyExists =>
                Make(StatusCode.AlreadyExists, "ALREADY_EXISTS", new Google.Rpc.ResourceInfo { ResourceName = name }),
            CommandStatus.FailedPrecondition => Make(StatusCode.FailedPrecondition, "FAILED_PRECONDITION", Precondition()),
            CommandStatus.InvalidArgument => Make(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Violation()),
            CommandStatus.Conflict => Make(StatusCode.Aborted, "ETAG_MISMATCH"),
            CommandStatus.ResourceExhausted => Make(StatusCode.ResourceExhausted, "RESOURCE_EXHAUSTED"),
            _ => Make(StatusCode.Internal, "INTERNAL"),
        };

        RpcException Make(StatusCode code, string reason, params Google.Protobuf.IMessage[] details) =>
            AdminErrors.Make(code, outcome.Reason.Length > 0 ? outcome.Reason : reason, message, details);

        Google.Rpc.BadRequest Violation() => new()
        {
            FieldViolations = { new Google.Rpc.BadRequest.Types.FieldViolation { Field = argument, Description = message } },
        };

        Google.Rpc.PreconditionFailure Precondition() => new()
        {
            Violations = { new Google.Rpc.PreconditionFailure.Types.Violation { Type = outcome.Reason, Subject = name,
                Description = message } },
        };
    }
}
