namespace SipGateway.Portal;

/// <summary>Marks an endpoint as the portal's; the door stands before it.</summary>
/// <param name="IsOpen">Whether it answers without a session: the sign-in page and the scripts and styles.</param>
/// <param name="IsKept">Whether its answers may be kept, as each of them says; of all others nothing may.</param>
public sealed record PortalEndpoint(bool IsOpen, bool IsKept = false);
