namespace SipGateway.Portal;

/// <summary>The parts of the portal, in the order of the navigation, and their addresses.</summary>
internal static class Areas
{
    public const string Overview = "/overview";
    public const string Users = "/users";
    public const string Policies = "/policies";
    public const string Sites = "/sites";
    public const string Operations = "/operations";
    public const string Audit = "/audit";

    /// <summary>Address and label of each.</summary>
    public static IReadOnlyList<(string Path, string Label)> All =>
    [
        (Overview, Texts.Overview), (PortalPaths.Devices, Texts.Devices), (Users, Texts.UsersArea), (Policies, Texts.PoliciesArea), (Sites, Texts.SitesArea),
        (Operations, Texts.OperationsArea), (Audit, Texts.AuditArea),
    ];

    /// <summary>The devices that a filter leaves.</summary>
    public static string DevicesWhere(string filter) => $"/?q={Uri.EscapeDataString(filter)}";

    /// <summary>One user.</summary>
    public static string User(string id) => $"{Users}/{Uri.EscapeDataString(id)}";

    /// <summary>One policy.</summary>
    public static string Policy(string id) => $"{Policies}/{Uri.EscapeDataString(id)}";

    /// <summary>One operation, by its resource name or id.</summary>
    public static string Operation(string name) => $"{Operations}/{name[(name.LastIndexOf('/') + 1)..]}";

    /// <summary>The audit events about something.</summary>
    public static string AuditOf(string target) => $"{Audit}?target={Uri.EscapeDataString(target)}";

    /// <summary>A value in a filter.</summary>
    public static string Quoted(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
