namespace SipGateway.Hosting;

/// <summary>What an administrator may do; each may do what the ones before it may.</summary>
public enum AdminRole
{
    /// <summary>Reads; no codes and no files of phones.</summary>
    Viewer,

    /// <summary>Devices and users: claims, codes, sign-ins, restarts. No policies, sites, tenants.</summary>
    Operator,

    /// <summary>Everything.</summary>
    Admin,
}
