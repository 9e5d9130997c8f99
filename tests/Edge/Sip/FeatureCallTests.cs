using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip;

public sealed class FeatureCallTests(EdgeFixture fixture)
{
    private const string Code = "sip:*55*123456@gateway.test";

    [Theory]
    [InlineData("0 8", "0")]
    [InlineData("8 0", "8")]
    [InlineData("9 8 101", "8")]
    public async Task Invite_RightCode_IsAnsweredPlayedAndEndedByBye(string formats, string taken)
    {
        var (user, secret, mac) = fixture.NewCandidate();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        using var sound = Sound();
        await phone.InviteAsync(Code, secret, Offer(sound, formats));
        var ok = await phone.FinalAsync();
        ok.StatusCode.Should().Be(200);
        var sdp = SdpDescription.Parse(ok.Body.Span)!;
        sdp.Media.Should().ContainSingle().Which.Formats.Should().Equal(taken);
        sdp.Media[0].Port.Should().BeInRange(26384, 26483);
        var calls = fixture.Services.GetRequiredService<ICallsInProgress>();
        calls.Has(mac).Should().BeTrue();
        calls.Has("001565ffffff").Should().BeFalse();
        phone.AckOk(ok);

        var packets = await CollectAsync(sound, 20);
        packets.Should().OnlyContain(p => p.Length == 172 && p[0] == 0x80 && (p[1] & 0x7F) == int.Parse(taken));
        packets.Select(p => (p[2] << 8) | p[3]).Should().BeInAscendingOrder();
        packets.SelectMany(p => p.Skip(12)).Distinct().Should().HaveCountGreaterThan(50, "a tone is no silence");
        var bye = (await phone.ReceiveAsync()).Should().BeOfType<SipRequest>().Subject;
        bye.Method.Should().Be(SipMethod.Bye);
        bye.RequestUri!.ToString().Should().Be(phone.Contact);
        bye.From!.Tag.Should().Be(ok.To!.Tag);
        bye.To!.Tag.Should().Be("f1");
        phone.Answer(bye, 200);
        await Eventually.IsTrue(() => !calls.Has(mac), "the call is over");
        fixture.Scripts[mac].Dials.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Feature = FeatureKind.Enroll, Argument = "123456", phone.CallId });
    }

    [Fact]
    public async Task Invite_PhoneSendsFromElsewhere_GetsTheSoundThere()
    {
        var (user, secret, _) = fixture.NewCandidate();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        using var described = Sound();
        using var real = Sound();
        await phone.InviteAsync(Code, secret, Offer(described, "0"));
        var ok = await phone.FinalAsync();
        phone.AckOk(ok);
        var port = SdpDescription.Parse(ok.Body.Span)!.Media[0].Port;
        var packet = new byte[172];
        packet[0] = 0x80;
        real.SendTo(packet, new IPEndPoint(IPAddress.Loopback, port));
        (await CollectAsync(real, 5)).Should().HaveCount(5);
    }

    [Fact]
    public async Task Invite_WithoutOffer_GetsOursAndTakesTheAnswerOfTheAck()
    {
        var (user, secret, _) = fixture.NewCandidate();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        using var sound = Sound();
        await phone.InviteAsync(Code, secret, "");
        var ok = await phone.FinalAsync();
        SdpDescription.Parse(ok.Body.Span)!.Media[0].Formats.Should().Equal("0", "8");
        phone.AckOk(ok, Offer(sound, "8"));
        (await CollectAsync(sound, 5)).Should().OnlyContain(p => (p[1] & 0x7F) == 8);
        (await phone.ReceiveAsync()).Should().BeOfType<SipRequest>().Which.Method.Should().Be(SipMethod.Bye);
    }

    [Fact]
    public async Task Invite_AckNeverComes_RepeatsTheOkAndGivesUpWithBye()
    {
        var (user, secret, _) = fixture.NewCandidate();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        using var sound = Sound();
        await phone.InviteAsync(Code, secret, Offer(sound, "0"));
        var oks = 0;
        while (await phone.ReceiveAsync() is { } message && (message as SipRequest)?.Method != SipMethod.Bye)
        {
            oks += message is SipResponse { StatusCode: 200 } ? 1 : 0;
        }

        oks.Should().BeInRange(5, 14);
    }

    [Fact]
    public async Task Invite_CancelledWhileTheGrainThinks_Is487()
    {
        var (user, secret, mac) = fixture.NewCandidate();
        fixture.Scripts[mac].Hold = new TaskCompletionSource();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        using var sound = Sound();
        var invite = await phone.InviteAsync(Code, secret, Offer(sound, "0"));
        await Eventually.IsTrue(() => !fixture.Scripts[mac].Dials.IsEmpty, "the grain is asked");
        ((SipResponse)await phone.ReceiveAsync()).StatusCode.Should().Be(100);
        var branch = invite.Split("branch=")[1].Split(';')[0];
        var number = uint.Parse(invite.Split("CSeq: ")[1].Split(' ')[0]);
        phone.Send(phone.Request("CANCEL", Code, to: $"<{Code}>", branch: branch, number: number));
        var answers = new[] { await phone.FinalAsync(), await phone.FinalAsync() };
        answers.Select(a => (a.CSeq!.Method.Text, a.StatusCode)).Should().BeEquivalentTo([("CANCEL", 200), ("INVITE", 487)]);
        phone.Ack(answers.Single(a => a.StatusCode == 487), Code, invite);
        fixture.Scripts[mac].Hold!.SetResult();
        while (await phone.TryReceiveAsync(TimeSpan.FromMilliseconds(500)) is { } late)
        {
            late.Should().BeOfType<SipResponse>().Which.StatusCode.Should().Be(487, "the late outcome of the grain starts no call");
        }
    }

    [Fact]
    public async Task Invite_WrongCode_Is403WithTheReasonUntilAcknowledged()
    {
        var (user, secret, _) = fixture.NewDevice();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        using var sound = Sound();
        var invite = await phone.InviteAsync("sip:*55*999999%23@gateway.test;user=phone", secret, Offer(sound, "0"));
        var refused = await phone.FinalAsync();
        refused.StatusCode.Should().Be(403);
        refused.ReasonPhrase.Should().Be("Wrong code");
        (await phone.FinalAsync()).StatusCode.Should().Be(403, "it is repeated until the ACK");
        phone.Ack(refused, "sip:*55*999999%23@gateway.test;user=phone", invite);
    }

    [Fact]
    public async Task Invite_WrongDigest_Is401()
    {
        var (user, _, mac) = fixture.NewCandidate();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        await phone.InviteAsync(Code, "wrong", "");
        (await phone.FinalAsync()).StatusCode.Should().Be(401);
        fixture.Scripts[mac].Dials.Should().BeEmpty();
    }

    [Theory]
    [InlineData("RTP/AVP", "18 101", 488)]
    [InlineData("RTP/SAVP", "0 8", 488)]
    public async Task Invite_OfferThatCannotBeServed_Is488(string protocol, string formats, int status)
    {
        var (user, secret, mac) = fixture.NewCandidate();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        using var sound = Sound();
        await phone.InviteAsync(Code, secret, Offer(sound, formats).Replace("RTP/AVP", protocol));
        (await phone.FinalAsync()).StatusCode.Should().Be(status);
        fixture.Scripts[mac].Dials.Should().BeEmpty("a code that cannot be confirmed is not spent");
    }

    [Fact]
    public async Task Bye_FromThePhone_EndsTheCall()
    {
        var (user, secret, _) = fixture.NewCandidate();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        using var sound = Sound();
        await phone.InviteAsync(Code, secret, Offer(sound, "0"));
        var ok = await phone.FinalAsync();
        phone.AckOk(ok);
        await CollectAsync(sound, 2);
        var bye = phone.Request("BYE", ok.Contacts!.Addresses[0].Uri.ToString(), to: ok.GetText(SipHeaderName.To));
        (await phone.AskAsync(bye)).StatusCode.Should().Be(200);
        (await phone.AskAsync(phone.Request("BYE", "sip:gateway.test", to: ok.GetText(SipHeaderName.To)))).StatusCode.Should().Be(481);
        (await phone.TryReceiveAsync(TimeSpan.FromMilliseconds(1300))).Should().BeNull("the gateway sends no BYE of its own");
    }

    internal static Socket Sound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    internal static string Offer(Socket sound, string formats) =>
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        + $"m=audio {((IPEndPoint)sound.LocalEndPoint!).Port} RTP/AVP {formats}\r\na=sendrecv\r\n";

    internal static async Task<List<byte[]>> CollectAsync(Socket sound, int count)
    {
        var packets = new List<byte[]>();
        var buffer = new byte[2048];
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        while (packets.Count < count)
        {
            packets.Add(buffer[..await sound.ReceiveAsync(buffer, deadline.Token)]);
        }

        return packets;
    }
}
