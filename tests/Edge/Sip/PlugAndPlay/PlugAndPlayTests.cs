using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SipGateway.PhoneSimulator;
using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip.PlugAndPlay;

/// <summary>Phones that look for their server by multicast, over real sockets on the loopback.</summary>
public sealed class PlugAndPlayTests(EdgeFixture fixture) : IAsyncLifetime
{
    private const string Root = "http://phones.test:8080";
    private const string Counter = "sipgateway.edge.plug_and_play.requests";

    private readonly int port = FreePort();
    private IHost host = null!;

    public async ValueTask InitializeAsync() => host = (await fixture.StartEdgeAsync(Options())).Host;

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    [Theory]
    [InlineData("snom")]
    [InlineData("yealink")]
    [InlineData("grandstream")]
    [InlineData("fanvil")]
    [InlineData("htek")]
    [InlineData("panasonic")]
    [InlineData("audiocodes")]
    public async Task Phone_OfAVendorThatAsks_IsToldWhere(string vendor)
    {
        var phone = new PhoneOptions { Mac = EdgeFixture.NewMac(), Vendor = vendor, PlugAndPlayAddress = IPAddress.Loopback, PlugAndPlayPort = port };

        (await new PlugAndPlayAsker(phone).AskAsync(CancellationToken.None)).Should().Be(new Uri(Root + "/pnp/"));
    }

    [Fact]
    public async Task Subscribe_GetsItsResponse_AndANotifyThatEndsTheSubscription()
    {
        using var phone = new AskingPhone(port);
        var subscribe = phone.Subscribe();

        phone.Send(subscribe);
        var heard = await phone.HearAsync(2);

        var response = heard[0].Should().BeOfType<SipResponse>().Subject;
        var notify = heard[1].Should().BeOfType<SipRequest>().Subject;
        response.StatusCode.Should().Be(200);
        response.ExpiresSeconds.Should().Be(0);
        response.Contacts!.Addresses.Should().ContainSingle().Which.Uri.Port.Should().Be(port);
        notify.Method.Should().Be(SipMethod.Notify);
        SipRequestValidation.Check(notify).Should().BeNull();
        (notify.CallId, notify.From!.Tag, notify.To!.Tag).Should().Be((response.CallId, response.To!.Tag, "1930503354"));
        notify.Event!.Type.Should().Be("ua-profile");
        notify.GetText(SipHeaderName.SubscriptionState).Should().Be("terminated;reason=timeout");
        notify.ContentType!.ToString().Should().Be("application/url");
        Encoding.ASCII.GetString(notify.Body.Span).Should().Be(Root + "/pnp/");
        (heard.Sum(m => m.Bytes.Length) <= 2 * subscribe.Length).Should().BeTrue("nobody is worth flooding by way of us");
    }

    [Fact]
    public async Task Answers_GoToTheSender_AtThePortsItNames()
    {
        using var phone = new AskingPhone(port);
        using var sipPort = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var there = (IPEndPoint)sipPort.Client.LocalEndPoint!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));

        phone.Send(phone.Subscribe(contact: $"<sip:MAC%3a0004132E08B4@{there}>", via: there.ToString()));
        var first = Encoding.ASCII.GetString((await sipPort.ReceiveAsync(deadline.Token)).Buffer);
        var second = Encoding.ASCII.GetString((await sipPort.ReceiveAsync(deadline.Token)).Buffer);

        first.Should().StartWith("SIP/2.0 200");
        second.Should().StartWith($"NOTIFY sip:MAC%3a0004132E08B4@{there} SIP/2.0");
        (await phone.HearAsync(1, quietMilliseconds: 100)).Should().BeEmpty();

        // A Contact elsewhere sends nothing elsewhere.
        phone.Send(phone.Subscribe(contact: "<sip:192.0.2.9:5060>"));
        (await phone.HearAsync(2)).Should().HaveCount(2);
    }

    [Fact]
    public async Task WhatIsNoQuestion_IsCountedAndNeverAnswered_AndTheNextPhoneIsServed()
    {
        using var counts = new CounterReading(host.Services, Counter);
        using var stranger = new AskingPhone(port, "127.0.0.3");
        using var phone = new AskingPhone(port);
        var good = Encoding.UTF8.GetBytes(stranger.Subscribe());
        var random = new Random(75);

        for (var length = 0; length < good.Length - 4; length += 5)
        {
            stranger.Send(good[..length]);
        }

        for (var n = 0; n < 100; n++)
        {
            var mutated = good.ToArray();
            random.NextBytes(mutated.AsSpan(0, 12));
            stranger.Send(mutated);
        }

        stranger.Send(stranger.Subscribe(eventType: "presence"));
        stranger.Send(stranger.Subscribe(accept: "application/pidf+xml"));
        stranger.Send(stranger.Subscribe().Replace("SUBSCRIBE", "NOTIFY", StringComparison.Ordinal));
        stranger.Send(stranger.Subscribe().Replace("224.0.1.75>\r\nCall", "224.0.1.75>;tag=x\r\nCall", StringComparison.Ordinal));
        await Eventually.IsTrue(() => counts["other"] == 4, "the last of them is judged");
        phone.Send(phone.Subscribe());

        (await phone.HearAsync(2)).Should().HaveCount(2);
        (await stranger.HearAsync(1, quietMilliseconds: 100)).Should().BeEmpty();
        counts["other"].Should().Be(4);
        counts["malformed"].Should().BePositive();
        counts["fault"].Should().Be(0);
    }

    [Fact]
    public async Task ShortQuestion_WhoseAnswersWouldBeMoreThanTwiceAsLong_GetsNone()
    {
        using var counts = new CounterReading(host.Services, Counter);
        using var phone = new AskingPhone(port);

        phone.Send($"SUBSCRIBE sip:a SIP/2.0\r\nVia: SIP/2.0/UDP {phone.Local};branch=z9hG4bKa\r\nf: <sip:a>;tag=a\r\nt: <sip:a>\r\ni: a\r\nCSeq: 1 SUBSCRIBE\r\n"
            + "o: ua-profile\r\n\r\n");

        (await phone.HearAsync(1, quietMilliseconds: 200)).Should().BeEmpty();
        counts["amplification"].Should().Be(1);
    }

    [Fact]
    public async Task OneSource_ThatAsksOnAndOn_IsAnsweredTenTimes_AndOthersAreNotHurt()
    {
        using var counts = new CounterReading(host.Services, Counter);
        using var busy = new AskingPhone(port, "127.0.0.4");
        using var other = new AskingPhone(port, "127.0.0.5");
        for (var n = 0; n < 40; n++)
        {
            busy.Send(busy.Subscribe());
        }

        other.Send(other.Subscribe());

        (await other.HearAsync(2)).Should().HaveCount(2);
        (await busy.HearAsync(80, quietMilliseconds: 100)).Should().HaveCount(20);
        counts["rate"].Should().Be(30);
    }

    [Fact]
    public async Task ManySources_AreAnsweredNoFasterThanAllTogetherMay()
    {
        var own = FreePort();
        var (slow, _) = await fixture.StartEdgeAsync(Options(own, EdgeFixture.Options.Limits with { PlugAndPlayAnswersPerSecond = 3 }));
        using var counts = new CounterReading(slow.Services, Counter);
        var phones = Enumerable.Range(10, 30).Select(n => new AskingPhone(own, $"127.0.0.{n}")).ToList();
        try
        {
            phones.ForEach(phone => phone.Send(phone.Subscribe()));

            await Eventually.IsTrue(() => counts["answered"] + counts["rate"] == 30, "all are heard");
            counts["answered"].Should().BeInRange(3, 9, "three at once, and three a second while this machine was slow to send");
        }
        finally
        {
            phones.ForEach(phone => phone.Dispose());
            await slow.StopAsync();
            slow.Dispose();
        }
    }

    [Fact]
    public void Sender_ThatIsNotOnTheNetwork_IsCountedAndNotAnswered()
    {
        using var counts = new CounterReading(host.Services, Counter);
        using var phone = new AskingPhone(port);
        using var listener = new MulticastListener(new IPEndPoint(IPAddress.Parse("224.0.1.75"), FreePort()), IPAddress.Loopback, (_, _, _) => { });

        host.Services.GetRequiredService<PlugAndPlayResponder>()
            .Receive(listener, IPNetwork.Parse("192.0.2.0/24"), phone.Local, Encoding.UTF8.GetBytes(phone.Subscribe()));

        counts["not_on_link"].Should().Be(1);
        LocalNetwork.Of(IPAddress.Loopback).Should().Be(IPNetwork.Parse("127.0.0.0/8"));
        LocalNetwork.Of(IPAddress.Parse("192.0.2.77")).Should().BeNull();
    }

    [Fact]
    public async Task Edge_ThatEnds_AnswersNobody()
    {
        new EdgeSipOptions().PlugAndPlay.Should().BeNull("nobody answers unasked");
        await host.StopAsync();
        using var late = new AskingPhone(port);

        late.Send(late.Subscribe());

        (await late.HearAsync(1, quietMilliseconds: 100)).Should().BeEmpty();
    }

    [Fact]
    public async Task Interface_ThatIsNotThisMachines_IsToldAtTheStart()
    {
        var options = Options() with { EdgeId = "nowhere", PlugAndPlay = new PlugAndPlayOptions { Interface = IPAddress.Parse("192.0.2.77") } };
        using var nowhere = fixture.NewHost(options, fixture.Grains);

        (await nowhere.Invoking(h => h.StartAsync()).Should().ThrowAsync<IOException>()).Which.Message.Should().Contain("--pnp-interface");
    }

    private EdgeSipOptions Options() => Options(port, EdgeFixture.Options.Limits);

    private static EdgeSipOptions Options(int at, EdgeSipLimits limits) => EdgeFixture.Options with
    {
        EdgeId = $"pnp-{at}", ProvisioningRoot = () => Root, PlugAndPlay = new PlugAndPlayOptions { Interface = IPAddress.Loopback, Port = at }, Limits = limits,
    };

    private static int FreePort()
    {
        using var probe = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.Client.LocalEndPoint!).Port;
    }
}
