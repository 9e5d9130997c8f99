using System.Collections.Frozen;
using SipGateway.Hosting;

namespace SipGateway.AdminApi;

/// <summary>Which role each call needs. A call that is not here is the admin's alone.</summary>
internal static class CallRoles
{
    /// <summary>What stands before <c>Service/Call</c> in a method's name.</summary>
    public const string Package = "/sipgateway.admin.v1.";

    private static readonly CallRole Everything = new(AdminRole.Admin);

    /// <summary>By <c>Service/Call</c>.</summary>
    public static readonly FrozenDictionary<string, CallRole> All = new Dictionary<string, CallRole>
    {
        ["Access/GetCaller"] = new(AdminRole.Viewer, IsAnywhere: true),
        ["Audit/ListAuditEvents"] = new(AdminRole.Viewer),
        ["Audit/VerifyAuditChain"] = new(AdminRole.Viewer),
        ["Cluster/ListEdges"] = new(AdminRole.Viewer),
        ["Cluster/ListSilos"] = new(AdminRole.Viewer),
        ["Devices/AssignUser"] = new(AdminRole.Operator),
        ["Devices/BatchGenerateVerificationCodes"] = new(AdminRole.Operator),
        ["Devices/ClaimDevice"] = new(AdminRole.Operator),
        ["Devices/DeleteDevice"] = new(AdminRole.Operator),
        ["Devices/ExplainDevice"] = new(AdminRole.Viewer),
        ["Devices/GenerateVerificationCode"] = new(AdminRole.Operator),
        ["Devices/GetDevice"] = new(AdminRole.Viewer),
        // A phone writes into its files what it likes: whom its user called, too.
        ["Devices/GetDeviceFile"] = new(AdminRole.Operator),
        ["Devices/GetEffectiveConfig"] = new(AdminRole.Viewer),
        ["Devices/GetLine"] = new(AdminRole.Viewer),
        ["Devices/ImportDevices"] = new(AdminRole.Operator),
        ["Devices/ListDeviceEvents"] = new(AdminRole.Viewer),
        ["Devices/ListDeviceFiles"] = new(AdminRole.Viewer),
        ["Devices/ListDeviceTags"] = new(AdminRole.Viewer),
        ["Devices/ListDevices"] = new(AdminRole.Viewer),
        ["Devices/ListFleetSamples"] = new(AdminRole.Viewer),
        ["Devices/ListLines"] = new(AdminRole.Viewer),
        ["Devices/ModifyDeviceTags"] = new(AdminRole.Operator),
        ["Devices/ResolveAttention"] = new(AdminRole.Operator),
        ["Devices/RestartDevice"] = new(AdminRole.Operator),
        ["Devices/ResyncDevice"] = new(AdminRole.Operator),
        ["Devices/SignOutDevice"] = new(AdminRole.Operator),
        ["Devices/StartSignIn"] = new(AdminRole.Operator),
        ["Devices/SummarizeDevices"] = new(AdminRole.Viewer),
        ["Devices/UpdateDevice"] = new(AdminRole.Operator),
        ["Devices/WatchDevices"] = new(AdminRole.Viewer),
        ["Dhcp/ListDhcpSnippets"] = new(AdminRole.Viewer, IsAnywhere: true),
        ["Operations/CancelOperation"] = new(AdminRole.Operator),
        ["Operations/GetOperation"] = new(AdminRole.Viewer),
        ["Operations/ListOperations"] = new(AdminRole.Viewer),
        ["Operations/WaitOperation"] = new(AdminRole.Viewer),
        ["Policies/CreatePolicy"] = new(AdminRole.Admin),
        ["Policies/DeletePolicy"] = new(AdminRole.Admin),
        ["Policies/GetPolicy"] = new(AdminRole.Viewer),
        ["Policies/ListPolicies"] = new(AdminRole.Viewer),
        ["Policies/ListPolicyRevisions"] = new(AdminRole.Viewer),
        ["Policies/PreviewPolicy"] = new(AdminRole.Viewer),
        ["Policies/RollbackPolicy"] = new(AdminRole.Admin),
        ["Policies/UpdatePolicy"] = new(AdminRole.Admin),
        ["Sites/CreateSite"] = new(AdminRole.Admin),
        ["Sites/DeleteSite"] = new(AdminRole.Admin),
        ["Sites/GetSite"] = new(AdminRole.Viewer),
        ["Sites/ListSites"] = new(AdminRole.Viewer),
        ["Sites/UpdateSite"] = new(AdminRole.Admin),
        ["Tenants/CreateTenant"] = new(AdminRole.Admin),
        ["Tenants/GetTenant"] = new(AdminRole.Viewer),
        ["Tenants/UpdateTenant"] = new(AdminRole.Admin),
        ["Users/CreateUser"] = new(AdminRole.Operator),
        ["Users/DeleteUser"] = new(AdminRole.Operator),
        ["Users/GetUser"] = new(AdminRole.Viewer),
        ["Users/ListUserDevices"] = new(AdminRole.Viewer),
        ["Users/ListUsers"] = new(AdminRole.Viewer),
        ["Users/UpdateUser"] = new(AdminRole.Operator),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a method needs, by its whole name.</summary>
    public static CallRole Of(string method) =>
        method.StartsWith(Package, StringComparison.Ordinal) && All.TryGetValue(method[Package.Length..], out var role) ? role : Everything;
}
