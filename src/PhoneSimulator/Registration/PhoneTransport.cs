namespace SipGateway.PhoneSimulator;

/// <summary>The values of <c>account.N.sip_server.1.transport_type</c>.</summary>
internal enum PhoneTransport
{
    Udp = 0,
    Tcp = 1,
    Tls = 2,
}
