using System.Net.Sockets;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>A phone whose connection ended is known to be gone; nothing is sent into the void.</summary>
public sealed class DeadFlowTests(EdgeFixture fixture)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Notify_OverTheConnection_ReachesThePhone(bool isTls)
    {
        var (phone, order) = await RegisteredAsync(isTls);
        using (phone)
        {
            await OrderAsync(order);
            var notify = (await phone.NextAsync()).Should().BeOfType<SipRequest>().Subject;
            notify.Method.Should().Be(SipMethod.Notify);
            notify.TopVia!.Transport.Should().Be(isTls ? "TLS" : "TCP");
            notify.RequestUri!.ToString().Should().Be(order.ContactUri);
            await phone.SendAsync(SipResponseBuilder.For(notify, 200, toTag: "p").Build());
            await ReportedAsync(order, 200, "");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Notify_ConnectionEndedBefore_IsReportedAtOnce(bool isTls)
    {
        var (phone, order) = await RegisteredAsync(isTls);
        using var connections = new CounterReading(fixture.Services, "sipgateway.edge.sip.connections");
        phone.Dispose();
        await Eventually.IsTrue(() => connections[""] < 0, "the edge sees the end");
        await OrderAsync(order);
        await ReportedAsync(order, 0, "flow closed");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Notify_ConnectionEndsBeforeTheAnswer_IsReportedAtOnce(bool isTls)
    {
        var (phone, order) = await RegisteredAsync(isTls);
        await OrderAsync(order);
        (await phone.NextAsync()).Should().BeOfType<SipRequest>();
        phone.Abort();
        await ReportedAsync(order, 0, "flow closed");
        phone.Dispose();
    }

    [Fact]
    public void KeepAlive_OnAConnection_HasTheLimitsValues()
    {
        var limits = new EdgeSipLimits();
        using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        KeepAlive.Apply(socket, limits);
        socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive).Should().Be(1);
        Tcp(SocketOptionName.TcpKeepAliveTime).Should().Be(120);
        Tcp(SocketOptionName.TcpKeepAliveInterval).Should().Be(20);
        Tcp(SocketOptionName.TcpKeepAliveRetryCount).Should().Be(3);
        var timeout = new byte[4];
        socket.GetRawSocketOption(6, 18, timeout);
        BitConverter.ToInt32(timeout).Should().Be(30_000);

        int Tcp(SocketOptionName name) => (int)socket.GetSocketOption(SocketOptionLevel.Tcp, name)!;
    }

    private async Task<(TcpPhone Phone, NotifyOrder Order)> RegisteredAsync(bool isTls)
    {
        var (user, secret, mac) = fixture.NewDevice();
        var phone = isTls ? await TcpPhone.ConnectTlsAsync(fixture.Edge.TlsEndPoint!) : await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);
        (await phone.RegisterAsync(user, secret)).StatusCode.Should().Be(200);
        var command = fixture.Scripts[mac].Registers.Single();
        return (phone, new NotifyOrder
        {
            OrderId = Guid.NewGuid().ToString("n"), Mac = mac, Kind = NotifyKind.Resync, Vendor = "none", ContactUri = command.Contacts[0].Uri,
            Flow = command.Flow, SipUser = user, SipPassword = secret,
        });
    }

    private async Task OrderAsync(NotifyOrder order)
    {
        var observer = await fixture.Grains.GetGrain<IEdgeGrain>(order.Flow.EdgeId).Find(0);
        await observer!.Notify(order);
    }

    // Below the 3.2 s that the tests' transactions wait for an answer.
    private async Task ReportedAsync(NotifyOrder order, int status, string message)
    {
        await Eventually.IsTrue(() => !fixture.Scripts[order.Mac].Reports.IsEmpty, "the device is told", seconds: 2);
        fixture.Scripts[order.Mac].Reports.Should().ContainSingle().Which.Should()
            .Be(new NotifyReport { OrderId = order.OrderId, StatusCode = status, Message = message });
    }
}
