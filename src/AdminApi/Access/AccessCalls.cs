using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Hosting;

namespace SipGateway.AdminApi;

/// <summary>The call about the caller.</summary>
internal sealed class AccessCalls : Admin.V1.Access.AccessBase
{
    /// <inheritdoc/>
    public override Task<Caller> GetCaller(GetCallerRequest request, ServerCallContext context)
    {
        var tenant = request.Tenant.Length == 0 ? "" : ResourceNames.Tenant(request.Tenant, "tenant");
        var caller = AdminCaller.Of(context);
        var answer = new Caller { Actor = caller.Actor };
        answer.Grants.AddRange(caller.Grants.Select(grant => new Caller.Types.Grant
        {
            Role = RoleOf(grant.Role), Tenant = grant.Tenant.Length == 0 ? "" : $"tenants/{grant.Tenant}",
        }));
        answer.Permissions.AddRange(CallRoles.All.OrderBy(call => call.Key, StringComparer.Ordinal).Select(call => new Caller.Types.Permission
        {
            Call = call.Key,
            Role = RoleOf(call.Value.Least),
            Allowed = AdminAuthorization.IsAllowed(caller, tenant, CallRoles.Package + call.Key),
        }));
        return Task.FromResult(answer);
    }

    private static Role RoleOf(AdminRole role) => role switch
    {
        AdminRole.Viewer => Role.Viewer, AdminRole.Operator => Role.Operator, _ => Role.Admin,
    };
}
