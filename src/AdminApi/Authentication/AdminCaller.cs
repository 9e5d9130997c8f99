using System.Collections.Immutable;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using SipGateway.Hosting;

namespace SipGateway.AdminApi;

/// <summary>Who calls, after the door.</summary>
/// <param name="Actor">For the audit journal: <c>admin-key:ID</c>, <c>oidc:SUBJECT</c>.</param>
/// <param name="Grants">The roles, each for one tenant or all.</param>
internal sealed record AdminCaller(string Actor, ImmutableArray<AdminGrant> Grants)
{
    private static readonly object ItemKey = new();

    /// <summary>Leaves the caller with the request.</summary>
    public void AttachTo(HttpContext http) => http.Items[ItemKey] = this;

    /// <summary>The caller of this call; a call that came around the door is refused.</summary>
    public static AdminCaller Of(ServerCallContext context) =>
        context.GetHttpContext().Items[ItemKey] as AdminCaller ?? throw AdminErrors.Unauthenticated();
}

/// <summary>Who may do what: the one place that decides.</summary>
internal static class AdminAuthorization
{
    /// <summary>Whether the caller may call this method for this tenant (empty: the gateway as a whole).</summary>
    public static bool IsAllowed(AdminCaller caller, string tenant, string method)
    {
        var needed = CallRoles.Of(method);
        return caller.Grants.Any(grant =>
            grant.Role >= needed.Least && (grant.Tenant.Length == 0 || needed.IsAnywhere || grant.Tenant == tenant));
    }
}
