namespace SipGateway.Portal;

/// <summary>Marks an endpoint as the portal's; the door stands before it.</summary>
/// <param name="IsOpen">Whether it answers without a session: the sign-in page and the scripts and styles.</param>
public sealed record PortalEndpoint(bool IsOpen);
