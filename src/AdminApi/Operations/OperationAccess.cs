using System.Security.Cryptography;
using System.Text;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>Finds operations, and shows the one that a command left running.</summary>
internal sealed class OperationAccess(IInventoryReader inventory, TimeProvider time)
{
    /// <summary>The id of the operation a command starts: the same for a command that is sent again.</summary>
    public static string IdOf(AdminContext command) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{command.Tenant}\n{command.CommandId}")))[..32];

    /// <summary>One operation.</summary>
    public async Task<Operation> GetAsync(string tenant, string id, CancellationToken cancellation) =>
        OperationMessages.FromRow(await FindAsync(tenant, id, cancellation));

    /// <summary>Its row.</summary>
    public async Task<OperationRow> FindAsync(string tenant, string id, CancellationToken cancellation) =>
        await inventory.FindOperationAsync(tenant, id, cancellation)
        ?? throw AdminErrors.NotFound(OperationMessages.NameOf(tenant, id), "OPERATION_NOT_FOUND");

    /// <summary>What goes on after a command; the refusal as an error.</summary>
    public async Task<Operation> AfterAsync(CommandOutcome outcome, string target, AdminContext command, string kind,
        CancellationToken cancellation)
    {
        outcome.ThrowUnlessDone(target);
        if (outcome.OperationId.Length == 0)
        {
            return OperationMessages.Fresh("", kind, target, done: true, time.GetUtcNow());
        }

        var row = await inventory.FindOperationAsync(command.Tenant, outcome.OperationId, cancellation);
        return row is not null
            ? OperationMessages.FromRow(row)
            : OperationMessages.Fresh(OperationMessages.NameOf(command.Tenant, outcome.OperationId), kind, target, done: false,
                time.GetUtcNow());
    }
}
