using System.Net;
using System.Net.Sockets;
using System.Text;
using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip.PlugAndPlay;

/// <summary>A phone that asks by multicast, octet by octet as snom's page shows it.</summary>
internal sealed class AskingPhone : IDisposable
{
    private static readonly IPAddress Group = IPAddress.Parse("224.0.1.75");

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly int port;

    public AskingPhone(int port, string from = "127.0.0.1")
    {
        this.port = port;
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Loopback.GetAddressBytes());
    }

    public IPEndPoint Local => (IPEndPoint)socket.LocalEndPoint!;

    public string Subscribe(string? contact = null, string? via = null, string eventType = "ua-profile", string accept = "application/url") =>
        $"SUBSCRIBE sip:MAC%3a0004132E08B4@224.0.1.75 SIP/2.0\r\nVia: SIP/2.0/UDP {via ?? Local + ";rport"};branch=z9hG4bK-{Guid.NewGuid():n}\r\n"
        + "From: <sip:MAC%3a0004132E08B4@224.0.1.75>;tag=1930503354\r\nTo: <sip:MAC%3a0004132E08B4@224.0.1.75>\r\n"
        + $"Call-ID: {Guid.NewGuid():n}@{Local.Address}\r\nCSeq: 1 SUBSCRIBE\r\nMax-Forwards: 70\r\nContact: {contact ?? $"<sip:{Local}>"}\r\n"
        + $"Event: {eventType};profile-type=\"device\";vendor=\"snom\";model=\"snom370\";version=\"8.7.5.48\"\r\nExpires: 0\r\n"
        + $"Accept: {accept}\r\nUser-Agent: snom370/8.7.5.48\r\nContent-Length: 0\r\n\r\n";

    public void Send(string datagram) => Send(Encoding.UTF8.GetBytes(datagram));

    public void Send(byte[] datagram) => socket.SendTo(datagram, new IPEndPoint(Group, port));

    /// <summary>What comes, in order, until so many are there or it is quiet.</summary>
    public async Task<IReadOnlyList<SipMessage>> HearAsync(int most, int quietMilliseconds = 3000)
    {
        var heard = new List<SipMessage>();
        var buffer = new byte[65_536];
        try
        {
            while (heard.Count < most)
            {
                using var quiet = new CancellationTokenSource(quietMilliseconds);
                var length = await socket.ReceiveAsync(buffer, quiet.Token);
                heard.Add(SipParser.ParseDatagram(buffer.AsMemory(0, length).ToArray(), SipLimits.Default).Message!);
            }
        }
        catch (OperationCanceledException)
        {
        }

        return heard;
    }

    public void Dispose() => socket.Dispose();
}
