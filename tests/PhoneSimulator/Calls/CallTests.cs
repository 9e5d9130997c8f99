using System.Net;
using System.Net.Sockets;
using SipGateway.Sip;

namespace SipGateway.PhoneSimulator.Tests.Calls;

/// <summary>Dialling a feature code.</summary>
public sealed class CallTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Dial_AnsweredAndEndedByThePeer_CountsItsVoice(int transport)
    {
        await using var stage = await Stage.OpenAsync();
        using var rtp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        rtp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        stage.Sip.RtpPort = ((IPEndPoint)rtp.LocalEndPoint!).Port;
        stage.Sip.OnAnswered = (invite, _, send) => PlayAndHangUpAsync(rtp, invite, send);
        var phone = await stage.RegisteredPhoneAsync(transport: transport);

        var call = await phone.DialAsync("*55*123456#");
        await call.Ended.WaitAsync(TimeSpan.FromSeconds(20));

        (call.IsAnswered, call.WasEndedByPeer).Should().Be((true, true));
        (await phone.WaitForAsync<CallEnded>()).RtpPacketsReceived.Should().BeGreaterThanOrEqualTo(5);
        var invite = stage.Sip.Requests.Last(request => request.Method == SipMethod.Invite);
        invite.RequestUri!.ToString().Should().StartWith("sip:*55*123456%23@127.0.0.1");
        var ack = stage.Sip.Requests.Last(request => request.Method == SipMethod.Ack);
        ack.Routes!.Single().Uri.Parameters["flow"].Should().Be("abc");
        ack.RequestUri!.User.Should().Be("feature");
    }

    [Fact]
    public async Task Dial_Refused_ShowsTheReason()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Sip.Verdict = request => request.Method == SipMethod.Invite ? (403, "Wrong code", null) : null;
        var phone = await stage.RegisteredPhoneAsync();

        var call = await phone.DialAsync("*55*000000");

        (call.StatusCode, call.Reason, call.IsAnswered, call.Ended.IsCompleted).Should().Be((403, "Wrong code", false, true));
        (await phone.WaitForAsync<CallRefused>()).Reason.Should().Be("Wrong code");
        var ack = await FindAsync(stage, request => request.Method == SipMethod.Ack && request.To!.Tag == "refused");
        var invite = await FindAsync(stage, request => request.Method == SipMethod.Invite && request.CSeq!.Number == 2);
        ack.TopVia!.Branch.Should().Be(invite.TopVia!.Branch);
    }

    [Fact]
    public async Task HangUp_ByTheUser_SendsOneBye()
    {
        await using var stage = await Stage.OpenAsync();
        var phone = await stage.RegisteredPhoneAsync();
        var call = await phone.DialAsync("*99*");

        await call.HangUpAsync();
        await call.HangUpAsync();

        call.Ended.IsCompleted.Should().BeTrue();
        call.WasEndedByPeer.Should().BeFalse();
        stage.Sip.Requests.Where(request => request.Method == SipMethod.Bye).Should().ContainSingle()
            .Which.CSeq!.Number.Should().Be(3);
    }

    [Fact]
    public async Task Dial_WithoutALine_SaysWhatIsMissing()
    {
        await using var stage = await Stage.OpenAsync();
        var phone = stage.Phone();

        await phone.Invoking(it => it.DialAsync("1")).Should().ThrowAsync<InvalidOperationException>().WithMessage("*no account 1*");
    }

    private static async Task<SipRequest> FindAsync(Stage stage, Func<SipRequest, bool> predicate)
    {
        await Stage.UntilAsync(() => stage.Sip.Requests.Any(predicate));
        return stage.Sip.Requests.Last(predicate);
    }

    private static async Task PlayAndHangUpAsync(Socket rtp, SipRequest invite, TestRegistrar.Send send)
    {
        // Voice goes to where the phone's own comes from, as through a NAT.
        var buffer = new byte[2048];
        var heard = await rtp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0)).WaitAsync(TimeSpan.FromSeconds(10));
        var packet = new byte[172];
        packet[0] = 0x80;
        for (var i = 0; i < 10; i++)
        {
            await rtp.SendToAsync(packet, heard.RemoteEndPoint);
        }

        for (var i = 0; i < 10; i++)
        {
            // Ten more packets of the phone: by then it has read ours.
            await rtp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0)).WaitAsync(TimeSpan.FromSeconds(10));
        }

        await send(SipRequestBuilder.Create(SipMethod.Bye, invite.Contacts!.Addresses.Single().Uri)
            .Via("UDP", "127.0.0.1:5060", Via.MagicCookie + "bye1")
            .From(new NameAddress { Uri = invite.To!.Uri, Parameters = SipParameters.None.With("tag", "answered") })
            .To(invite.From!).CallId(invite.CallId!).CSeq(1, SipMethod.Bye).Build());
    }
}
