using System.Net;
using System.Net.Sockets;
using SipGateway.Sip;

namespace SipGateway.Journeys.Tests.Registrar;

/// <summary>A socket that speaks SIP: one datagram or one framed message at a time.</summary>
internal sealed class SipWire : IDisposable
{
    private readonly Socket socket;
    private readonly IPEndPoint gateway;
    private readonly Stream? stream;
    private byte[] pending = [];

    private SipWire(Socket socket, IPEndPoint gateway, Stream? stream)
    {
        this.socket = socket;
        this.gateway = gateway;
        this.stream = stream;
    }

    public IPEndPoint Local => (IPEndPoint)socket.LocalEndPoint!;

    public static async Task<SipWire> OpenAsync(string transport, IPEndPoint gateway, IPAddress? from = null)
    {
        var isUdp = transport == "UDP";
        var socket = new Socket(AddressFamily.InterNetwork, isUdp ? SocketType.Dgram : SocketType.Stream, isUdp ? ProtocolType.Udp : ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(from ?? IPAddress.Loopback, 0));
        if (isUdp)
        {
            return new SipWire(socket, gateway, null);
        }

        await socket.ConnectAsync(gateway);
        return new SipWire(socket, gateway, new NetworkStream(socket, ownsSocket: true));
    }

    public async Task SendAsync(byte[] octets)
    {
        if (stream is null)
        {
            await socket.SendToAsync(octets, gateway);
        }
        else
        {
            await stream.WriteAsync(octets);
        }
    }

    /// <summary>Octets as they come; empty when nothing came in time.</summary>
    public async Task<byte[]> ReadAsync(TimeSpan patience)
    {
        var buffer = new byte[65_536];
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            var count = stream is null
                ? (await socket.ReceiveFromAsync(buffer, SocketFlags.None, gateway, deadline.Token)).ReceivedBytes
                : await stream.ReadAsync(buffer, deadline.Token);
            return buffer[..count];
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    /// <summary>The next final response. No answer of a registrar is of the 6xx class, whatever it was asked.</summary>
    public async Task<SipResponse> FinalAsync()
    {
        while (true)
        {
            if (await NextAsync() is SipResponse { IsFinal: true } response)
            {
                response.StatusCode.Should().BeLessThan(600);
                return response;
            }
        }
    }

    public void Dispose()
    {
        stream?.Dispose();
        socket.Dispose();
    }

    private async Task<SipMessage?> NextAsync()
    {
        var patience = TimeSpan.FromSeconds(8);
        if (stream is null)
        {
            var datagram = await ReadAsync(patience);
            return datagram.Length > 0 ? SipParser.ParseDatagram(datagram, SipLimits.Default).Message : throw Silence(patience);
        }

        while (true)
        {
            var result = pending.Length == 0 ? default : SipParser.ParseStream(pending, SipLimits.Default);
            if (pending.Length > 0 && result.Status != SipParseStatus.NeedMore)
            {
                pending = pending[result.ConsumedBytes..];
                return result.Message;
            }

            var more = await ReadAsync(patience);
            pending = more.Length > 0 ? [.. pending, .. more] : throw Silence(patience);
        }
    }

    private static TimeoutException Silence(TimeSpan patience) => new($"Nothing came from the gateway within {patience}.");
}
