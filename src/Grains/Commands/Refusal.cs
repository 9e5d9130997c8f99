using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>Refusals in one shape: a status, a reason for programs and a sentence for people.</summary>
internal static class Refusal
{
    public static CommandOutcome Invalid(string reason, string message) => Of(CommandStatus.InvalidArgument, reason, message);

    public static CommandOutcome Missing(string reason, string message) => Of(CommandStatus.NotFound, reason, message);

    public static CommandOutcome Exists(string reason, string message) => Of(CommandStatus.AlreadyExists, reason, message);

    public static CommandOutcome NotNow(string reason, string message) => Of(CommandStatus.FailedPrecondition, reason, message);

    public static CommandOutcome Stale(long present) => Of(
        CommandStatus.Conflict,
        "VERSION_CHANGED",
        $"It was changed by somebody else meanwhile (it is at version {present} now). Read it again, then repeat the change.");

    private static CommandOutcome Of(CommandStatus status, string reason, string message) => new() { Status = status, Reason = reason, Message = message };
}
