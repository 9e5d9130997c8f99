using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>An admin command that was carried out, with the operation it began: its repetition gets the same answer.</summary>
internal sealed record AnsweredDeviceCommand
{
    /// <summary>Commands a device remembers; DESIGN §5.</summary>
    public const int MaxRemembered = 8;

    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public string OperationId { get; init; } = "";

    public static CommandOutcome? Find(ImmutableArray<AnsweredDeviceCommand> answered, AdminContext context)
    {
        var known = answered.FirstOrDefault(a => a.Id == context.CommandId && a.Tenant == context.Tenant);
        return known is null ? null : CommandOutcome.Done with { OperationId = known.OperationId };
    }

    public static ImmutableArray<AnsweredDeviceCommand> Remember(
        ImmutableArray<AnsweredDeviceCommand> answered, AdminContext context, string operationId) =>
        [.. answered.TakeLast(MaxRemembered - 1),
            new AnsweredDeviceCommand { Id = context.CommandId, Tenant = context.Tenant, OperationId = operationId }];
}
