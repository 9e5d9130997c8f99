using System.Net;
using System.Net.Sockets;

namespace SipGateway.Gateway;

/// <summary>
/// Tries every fixed port before anything starts, so that a port in use is one clear line and not the ruins of a half-started silo.
/// </summary>
internal static class PortsCheck
{
    /// <summary>Returns when all are free.</summary>
    /// <exception cref="StartException">One is not; the message names its option.</exception>
    public static void Ensure(GatewayOptions options)
    {
        Check("sip-port", options.Bind, options.SipPort, SocketType.Dgram);
        Check("sip-port", options.Bind, options.SipPort, SocketType.Stream);
        Check("sips-port", options.Bind, options.SipsPort, SocketType.Stream);
        Check("http-port", options.Bind, options.HttpPort, SocketType.Stream);
        Check("https-port", options.Bind, options.HttpsPort, SocketType.Stream);
        Check("mtls-port", options.Bind, options.MtlsPort, SocketType.Stream);
        Check("admin-port", options.AdminBind, options.AdminPort, SocketType.Stream);
        Check("grpc-port", options.AdminBind, options.GrpcPort, SocketType.Stream);
    }

    private static void Check(string option, IPAddress address, int port, SocketType type)
    {
        try
        {
            using var probe = new Socket(address.AddressFamily, type, type == SocketType.Dgram ? ProtocolType.Udp : ProtocolType.Tcp);
            if (address.Equals(IPAddress.IPv6Any))
            {
                probe.DualMode = true;
            }

            probe.Bind(new IPEndPoint(address, port));
        }
        catch (SocketException e)
        {
            throw new StartException(Sentence(option, new IPEndPoint(address, port), e.SocketErrorCode), e);
        }
    }

    private static string Sentence(string option, IPEndPoint where, SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse =>
            $"{where} is in use by another program (or another gateway). Stop it, or choose another --{option}; 0 means any free port.",
        SocketError.AccessDenied => $"{where} may not be opened: ports below 1024 need root. Choose another --{option}.",
        SocketError.AddressNotAvailable => $"{where.Address} is none of this machine's addresses. Give one of its own with --bind or --admin-bind.",
        _ => $"{where} (--{option}) cannot be opened: {error}.",
    };
}
