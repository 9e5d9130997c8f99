using SipGateway.Grains.Interfaces;
using SipGateway.Sip;
using SipGateway.Tests.KnownAttacks;

namespace SipGateway.Edge.Tests.Sip.KnownAttacks;

/// <summary>Peers that attack whoever sends them a request: here a NOTIFY, the only request of ours that is ever challenged.</summary>
public sealed class ClientAttackTests(EdgeFixture fixture)
{
    [Fact]
    [KnownAttack("CVE-2020-28242 (AST-2020-002)")]
    public async Task Notify_ChallengedWithANewNonceEachTime_IsTriedTwiceAndNotForEver()
    {
        using var phone = await OrderedAsync();
        for (var i = 0; i < 2; i++)
        {
            var notify = (SipRequest)await phone.ReceiveAsync();
            notify.CSeq!.Number.Should().Be((uint)i + 1);
            phone.Answer(notify, 401, $"WWW-Authenticate: Digest realm=\"phone\", nonce=\"n{i}\", stale=true\r\n");
        }

        (await phone.TryReceiveAsync(TimeSpan.FromMilliseconds(700))).Should().BeNull();
    }

    [Fact]
    [KnownAttack("CVE-2021-41158")]
    public async Task Notify_ChallengedBySomebodyElse_SaysNoDigestToHim()
    {
        using var phone = await OrderedAsync();
        var notify = (SipRequest)await phone.ReceiveAsync();
        using var stranger = new UdpPhone(fixture.Edge.UdpEndPoint, "stranger");
        foreach (var realm in new[] { "gateway.test", "phone" })
        {
            // He guesses all but the branch, and then has seen even that.
            stranger.Send(System.Text.Encoding.UTF8.GetBytes(Challenge(notify, realm).Replace(notify.TopVia!.Branch!, "z9hG4bKguessed")));
        }

        (await stranger.TryReceiveAsync(TimeSpan.FromMilliseconds(300))).Should().BeNull();
        stranger.Send(System.Text.Encoding.UTF8.GetBytes(Challenge(notify, "gateway.test")));
        (await stranger.TryReceiveAsync(TimeSpan.FromMilliseconds(300))).Should().BeNull("an answer goes where the phone registered from");
    }

    private static string Challenge(SipRequest notify, string realm) => System.Text.Encoding.UTF8
        .GetString(SipResponseBuilder.For(notify, 401, toTag: "x").Build())
        .Replace("Content-Length", $"WWW-Authenticate: Digest realm=\"{realm}\", nonce=\"n\"\r\nContent-Length");

    private async Task<UdpPhone> OrderedAsync()
    {
        var (user, secret, mac) = fixture.NewDevice();
        var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        (await phone.RegisterAsync(secret)).StatusCode.Should().Be(200);
        var command = fixture.Scripts[mac].Registers.Single();
        var observer = await fixture.Grains.GetGrain<IEdgeGrain>(command.Flow.EdgeId).Find(0);
        await observer!.Notify(new NotifyOrder
        {
            OrderId = Guid.NewGuid().ToString("n"), Mac = mac, Kind = NotifyKind.Resync, Vendor = "none", ContactUri = command.Contacts[0].Uri,
            Flow = command.Flow, SipUser = user, SipPassword = secret,
        });
        return phone;
    }
}
