using System.Net;
using System.Net.Sockets;

namespace SipGateway.Edge.Tests.Sip;

public sealed class UdpListenerTests
{
    [Theory]
    [InlineData("short", 1)]
    [InlineData("long", 4)]
    public async Task Datagram_WhoseHandlingFails_IsToldAndTheLongWayOrTheNextOneIsServed(string where, int servedOctets)
    {
        var faults = new List<Exception>();
        var served = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new UdpListener(
            new IPEndPoint(IPAddress.Loopback, 0), 1, new Shortcut(where == "short"),
            (_, datagram) => served.TrySetResult(
                where == "long" && datagram.Span[0] == 'x' ? throw new InvalidOperationException("long") : datagram.Length),
            faults.Add);
        listener.Start();
        using var peer = new UdpClient();
        peer.Connect(listener.Local);

        await peer.SendAsync("x"u8.ToArray());
        await peer.SendAsync("good"u8.ToArray());

        (await served.Task.WaitAsync(TimeSpan.FromSeconds(10))).Should().Be(servedOctets);
        faults.Should().ContainSingle().Which.Message.Should().Be(where);
    }

    private sealed class Shortcut(bool fails) : IShortcut
    {
        public int Answer(ReadOnlySpan<byte> datagram, SocketAddress from, IPEndPoint local, Span<byte> answer) =>
            fails && datagram[0] == 'x' ? throw new InvalidOperationException("short") : 0;

        public int Answer(ReadOnlySpan<byte> stream, StreamFlow connection, Span<byte> answer, out int consumed) => throw new NotSupportedException();
    }
}
