using System.Net;
using System.Net.Sockets;

namespace SipGateway.Hosting;

/// <summary>
/// Tries every fixed port before anything starts, so that a port in use is one clear line and not the ruins of a half-started silo.
/// </summary>
public static class PortsCheck
{
    /// <summary>Returns when all of the phones' side are free.</summary>
    /// <exception cref="StartException">One is not; the message names its option.</exception>
    public static void Ensure(PhonesSideOptions options)
    {
        Check("sip-port", options.Bind, options.SipPort, SocketType.Dgram);
        EnsureTcp(options.Bind, ("sip-port", options.SipPort), ("sips-port", options.SipsPort), ("http-port", options.HttpPort),
            ("https-port", options.HttpsPort), ("mtls-port", options.MtlsPort));
    }

    /// <summary>Returns when all of the administrators' side are free.</summary>
    /// <exception cref="StartException">One is not; the message names its option.</exception>
    public static void Ensure(AdminsSideOptions options) =>
        EnsureTcp(options.AdminBind, ("admin-port", options.AdminPort), ("grpc-port", options.GrpcPort));

    /// <summary>Returns when these are free.</summary>
    /// <exception cref="StartException">One is not; the message names its option.</exception>
    public static void EnsureTcp(IPAddress address, params ReadOnlySpan<(string Option, int Port)> ports)
    {
        foreach (var (option, port) in ports)
        {
            Check(option, address, port, SocketType.Stream);
        }
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
