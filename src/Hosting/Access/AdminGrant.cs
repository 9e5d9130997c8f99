namespace SipGateway.Hosting;

/// <summary>A role, for one tenant or for the whole gateway.</summary>
/// <param name="Role">What may be done.</param>
/// <param name="Tenant">Where; empty: in every tenant, and with the gateway as a whole.</param>
public sealed record AdminGrant(AdminRole Role, string Tenant)
{
    /// <summary>How one is written.</summary>
    public const string Shape = "viewer, operator or admin, for one tenant as in operator@vienna";

    /// <summary>Everything, everywhere.</summary>
    public static readonly AdminGrant Everything = new(AdminRole.Admin, "");

    /// <summary>Reads <c>operator</c> or <c>operator@vienna</c>; null when it is neither.</summary>
    public static AdminGrant? TryParse(string text)
    {
        var parts = text.Split('@');
        AdminRole? role = parts[0] switch
        {
            "viewer" => AdminRole.Viewer, "operator" => AdminRole.Operator, "admin" => AdminRole.Admin, _ => null,
        };
        return (role, parts) switch
        {
            ({ } known, [_]) => new AdminGrant(known, ""),
            ({ } known, [_, var tenant]) when TenantName.IsValid(tenant) => new AdminGrant(known, tenant),
            _ => null,
        };
    }

    /// <summary>The word of a role.</summary>
    public static string Word(AdminRole role) => role switch
    {
        AdminRole.Viewer => "viewer", AdminRole.Operator => "operator", _ => "admin",
    };

    /// <summary>As it is written.</summary>
    public override string ToString() => Tenant.Length == 0 ? Word(Role) : $"{Word(Role)}@{Tenant}";
}
