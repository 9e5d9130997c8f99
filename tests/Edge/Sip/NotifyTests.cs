using SipGateway.Grains.Interfaces;
using SipGateway.Sip;
using SipGateway.Sip.Authentication;

namespace SipGateway.Edge.Tests.Sip;

public sealed class NotifyTests(EdgeFixture fixture)
{
    [Theory]
    [InlineData(NotifyKind.Restart, "check-sync;reboot=true")]
    [InlineData(NotifyKind.Resync, "check-sync;reboot=false")]
    public async Task Notify_OrderedThroughTheAddressBook_ReachesTheContactAndIsReported(NotifyKind kind, string expected)
    {
        var (phone, order) = await RegisteredAsync(kind);
        using (phone)
        {
            await OrderAsync(order);
            var notify = (await phone.ReceiveAsync()).Should().BeOfType<SipRequest>().Subject;
            notify.Method.Should().Be(SipMethod.Notify);
            notify.RequestUri!.ToString().Should().Be(phone.Contact);
            notify.GetText(SipHeaderName.Event).Should().Be(expected);
            notify.GetText(SipHeaderName.SubscriptionState).Should().Be("terminated");
            notify.To!.Uri.ToString().Should().Be($"sip:{phone.User}@gateway.test");
            phone.Answer(notify, 200);
            await ReportedAsync(order, 200, "");
        }
    }

    [Theory]
    [InlineData(401, SipHeaderName.WwwAuthenticate, SipHeaderName.Authorization)]
    [InlineData(407, SipHeaderName.ProxyAuthenticate, SipHeaderName.ProxyAuthorization)]
    public async Task Notify_Challenged_IsAnsweredOnceWithTheLinesAccount(int status, SipHeaderName challenge, SipHeaderName authorization)
    {
        var (phone, order) = await RegisteredAsync(NotifyKind.Resync);
        using (phone)
        {
            await OrderAsync(order);
            var first = (SipRequest)await phone.ReceiveAsync();
            phone.Answer(first, status, $"{challenge.Text()}: Digest realm=\"phone\", nonce=\"n1\", algorithm=MD5\r\n");
            var second = (SipRequest)await phone.ReceiveAsync();
            second.CallId.Should().Be(first.CallId);
            second.CSeq!.Number.Should().Be(2);
            var credentials = DigestCredentials.Parse(second.GetText(authorization))!;
            DigestResponse.Verify(credentials, DigestResponse.Ha1(phone.User, "phone", order.SipPassword), "NOTIFY", []).Should().BeTrue();
            phone.Answer(second, status, $"{challenge.Text()}: Digest realm=\"phone\", nonce=\"n2\", algorithm=MD5\r\n");
            await ReportedAsync(order, status, "");
        }
    }

    [Fact]
    public async Task Notify_NobodyAnswers_IsRepeatedAndReported()
    {
        var (phone, order) = await RegisteredAsync(NotifyKind.Resync);
        using (phone)
        {
            await OrderAsync(order);
            var first = await phone.ReceiveAsync();
            var second = await phone.ReceiveAsync();
            second.Bytes.ToArray().Should().Equal(first.Bytes.ToArray());
            await ReportedAsync(order, 0, "no answer within 3 s");
        }
    }

    [Theory]
    [InlineData("tcp:1234:1")]
    [InlineData("udp:nonsense")]
    [InlineData("udp:192.0.2.1:5060-192.0.2.2:5060")]
    public async Task Notify_FlowIsGone_IsReportedAtOnce(string flowId)
    {
        var (phone, order) = await RegisteredAsync(NotifyKind.Resync);
        using (phone)
        {
            await OrderAsync(order with { Flow = order.Flow with { FlowId = flowId } });
            await ReportedAsync(order, 0, "flow closed");
        }
    }

    private async Task<(UdpPhone Phone, NotifyOrder Order)> RegisteredAsync(NotifyKind kind)
    {
        var (user, secret, mac) = fixture.NewDevice();
        var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        (await phone.RegisterAsync(secret)).StatusCode.Should().Be(200);
        var command = fixture.Scripts[mac].Registers.Single();
        return (phone, new NotifyOrder
        {
            OrderId = Guid.NewGuid().ToString("n"), Mac = mac, Kind = kind, Vendor = "none", ContactUri = command.Contacts[0].Uri,
            Flow = command.Flow, SipUser = user, SipPassword = secret,
        });
    }

    private async Task OrderAsync(NotifyOrder order)
    {
        var observer = await fixture.Grains.GetGrain<IEdgeGrain>(order.Flow.EdgeId).Find(Random.Shared.Next(IEdgeGrain.ObserverCount));
        await observer!.Notify(order);
    }

    private async Task ReportedAsync(NotifyOrder order, int status, string message)
    {
        await Eventually.IsTrue(() => !fixture.Scripts[order.Mac].Reports.IsEmpty, "the device is told");
        fixture.Scripts[order.Mac].Reports.Should().ContainSingle().Which.Should()
            .Be(new NotifyReport { OrderId = order.OrderId, StatusCode = status, Message = message });
    }
}
