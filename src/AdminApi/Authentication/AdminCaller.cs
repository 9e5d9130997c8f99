using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace SipGateway.AdminApi;

/// <summary>Who calls, after the door.</summary>
/// <param name="Actor">For the audit journal: <c>admin-key:ID</c>.</param>
internal sealed record AdminCaller(string Actor)
{
    private static readonly object ItemKey = new();

    /// <summary>Leaves the caller with the request.</summary>
    public void AttachTo(HttpContext http) => http.Items[ItemKey] = this;

    /// <summary>The caller of this call; a call that came around the door is refused.</summary>
    public static AdminCaller Of(ServerCallContext context) =>
        context.GetHttpContext().Items[ItemKey] as AdminCaller ?? throw AdminErrors.Unauthenticated();
}

/// <summary>Who may do what: the one place that decides. The gateway's own key may do everything; roles join here.</summary>
internal static class AdminAuthorization
{
    /// <summary>Whether the caller may call this method for this tenant (empty: the gateway as a whole).</summary>
    public static bool IsAllowed(AdminCaller caller, string tenant, string method) =>
        caller.Actor.StartsWith("admin-key:", StringComparison.Ordinal) && tenant is not null && method.Length > 0;
}
