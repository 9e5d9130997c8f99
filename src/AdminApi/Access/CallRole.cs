using SipGateway.Hosting;

namespace SipGateway.AdminApi;

/// <summary>What a call needs.</summary>
/// <param name="Least">The least role that may make it.</param>
/// <param name="IsAnywhere">
/// Whether a role in any tenant will do: the call tells nothing of a tenant's. Others without a tenant are about the gateway as a whole.
/// </param>
internal sealed record CallRole(AdminRole Least, bool IsAnywhere = false);
