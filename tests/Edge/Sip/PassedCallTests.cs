using System.Net;
using SipGateway.Sip;
using SipGateway.Trust;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>A balancer brings requests within a call to another edge than the one that holds the call.</summary>
public sealed class PassedCallTests(EdgeFixture fixture)
{
    private const string Code = "sip:*55*123456@gateway.test";

    [Fact]
    public async Task AckAndBye_AtAnotherEdge_ReachTheCall()
    {
        using var other = await OtherEdge.StartAsync(fixture, "passing");
        using var sound = FeatureCallTests.Sound();
        var (phone, ok) = await DialAsync(FeatureCallTests.Offer(sound, "0"));
        using var _ = phone;

        phone.SendTo(other.EndPoint, Within(phone, ok, "ACK", ok.CSeq!.Number));
        (await FeatureCallTests.CollectAsync(sound, 5)).Should().HaveCount(5, "the ACK came, and the confirmation plays");
        phone.SendTo(other.EndPoint, Within(phone, ok, "BYE", 100));

        (await phone.FinalAsync()).Should().Match<SipResponse>(response => response.StatusCode == 200 && response.CSeq!.Number == 100);
        phone.SendTo(other.EndPoint, Within(phone, ok, "BYE", 101));
        (await phone.FinalAsync()).StatusCode.Should().Be(481, "the call is over");
        (await phone.TryReceiveAsync(TimeSpan.FromMilliseconds(1300))).Should().BeNull("the gateway sends no BYE of its own");
    }

    [Fact]
    public async Task AckWithTheAnswer_AtAnotherEdge_SaysWhereToPlay()
    {
        using var other = await OtherEdge.StartAsync(fixture, "passing-offer");
        using var sound = FeatureCallTests.Sound();
        var (phone, ok) = await DialAsync("");
        using var _ = phone;

        phone.SendTo(other.EndPoint, Within(phone, ok, "ACK", ok.CSeq!.Number, FeatureCallTests.Offer(sound, "8")));

        (await FeatureCallTests.CollectAsync(sound, 5)).Should().OnlyContain(packet => (packet[1] & 0x7F) == 8);
    }

    [Fact]
    public async Task Reinvite_AtAnotherEdge_IsAnsweredAsByItsOwn()
    {
        using var other = await OtherEdge.StartAsync(fixture, "passing-reinvite");
        using var sound = FeatureCallTests.Sound();
        var (phone, ok) = await DialAsync(FeatureCallTests.Offer(sound, "0"));
        using var _ = phone;
        phone.AckOk(ok);

        phone.SendTo(other.EndPoint, Within(phone, ok, "INVITE", 100));

        (await phone.FinalAsync()).StatusCode.Should().Be(488);
    }

    [Fact]
    public async Task Bye_OfAnEdgeThatIsGone_IsOfNoCall()
    {
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, "nobody");
        var gone = $"sip:{EdgeToken.Format(fixture.Ring, "gone")}@127.0.0.1";
        (await phone.AskAsync(phone.Request("BYE", gone, to: "<sip:x@gateway.test>;tag=1"))).StatusCode.Should().Be(481);
    }

    [Fact]
    public async Task Bye_WithAnInventedToken_MovesNothing()
    {
        using var other = await OtherEdge.StartAsync(fixture, "passing-forged");
        using var sound = FeatureCallTests.Sound();
        var (phone, ok) = await DialAsync(FeatureCallTests.Offer(sound, "0"));
        using var _ = phone;
        phone.AckOk(ok);

        var token = ok.Contacts!.Addresses[0].Uri.User!;
        EdgeToken.Parse(fixture.Ring, token).Should().Be(EdgeFixture.Options.EdgeId);
        var forged = Within(phone, ok, "BYE", 100).Replace(token, EdgeToken.Format(KeyRing.Create(), EdgeFixture.Options.EdgeId));
        phone.SendTo(other.EndPoint, forged);

        (await phone.FinalAsync()).StatusCode.Should().Be(481);
        phone.SendTo(other.EndPoint, Within(phone, ok, "BYE", 101));
        (await phone.FinalAsync()).StatusCode.Should().Be(200, "the call was not touched");
    }

    private static string Within(UdpPhone phone, SipResponse ok, string method, uint number, string body = "") => phone.Request(
        method, ok.Contacts!.Addresses[0].Uri.ToString(), $"Contact: <{phone.Contact}>\r\n" + (body.Length > 0 ? "Content-Type: application/sdp\r\n" : ""), body,
        ok.GetText(SipHeaderName.To), number: number);

    private async Task<(UdpPhone Phone, SipResponse Ok)> DialAsync(string offer)
    {
        var (user, secret, _) = fixture.NewCandidate();
        var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        await phone.InviteAsync(Code, secret, offer);
        var ok = await phone.FinalAsync();
        ok.StatusCode.Should().Be(200);
        return (phone, ok);
    }

    private sealed class OtherEdge(Microsoft.Extensions.Hosting.IHost host, SipEdge edge) : IDisposable
    {
        public IPEndPoint EndPoint => edge.UdpEndPoint;

        public static async Task<OtherEdge> StartAsync(EdgeFixture fixture, string id)
        {
            var (host, edge) = await fixture.StartEdgeAsync(EdgeFixture.Options with { EdgeId = id });
            await Eventually.IsTrue(() => edge.IsReady, "it is ready");
            return new OtherEdge(host, edge);
        }

        public void Dispose()
        {
            host.StopAsync().GetAwaiter().GetResult();
            host.Dispose();
        }
    }
}
