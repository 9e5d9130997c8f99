using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>Audit rows of admin commands.</summary>
internal static class AuditExtensions
{
    public static AuditRow Audit(this AdminContext context, string action, string target, DateTimeOffset now, string detail = "") => new()
    {
        Tenant = context.Tenant, AtUtc = now, Actor = context.Actor, Action = action, Target = target, Outcome = "OK", Detail = detail,
    };
}
