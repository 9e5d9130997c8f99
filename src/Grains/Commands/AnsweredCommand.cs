using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>A command that was carried out, kept with the state so that its repetition gets the same answer.</summary>
internal sealed record AnsweredCommand
{
    /// <summary>Commands that a state remembers. A caller that timed out asks again within seconds; eight others in between are unlikely.</summary>
    public const int MaxRemembered = 8;

    public required string Id { get; init; }

    public required CommandStatus Status { get; init; }

    public string Message { get; init; } = "";

    public string Reason { get; init; } = "";

    public static CommandOutcome? Find(ImmutableArray<AnsweredCommand> answered, string commandId)
    {
        foreach (var command in answered)
        {
            if (command.Id == commandId)
            {
                return new CommandOutcome { Status = command.Status, Message = command.Message, Reason = command.Reason };
            }
        }

        return null;
    }

    public static ImmutableArray<AnsweredCommand> Remember(ImmutableArray<AnsweredCommand> answered, string commandId, CommandOutcome outcome)
    {
        var room = answered.Length >= MaxRemembered ? answered.RemoveRange(0, answered.Length - MaxRemembered + 1) : answered;
        return room.Add(new AnsweredCommand { Id = commandId, Status = outcome.Status, Message = outcome.Message, Reason = outcome.Reason });
    }
}
