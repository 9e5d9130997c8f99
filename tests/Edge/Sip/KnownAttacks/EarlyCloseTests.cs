using SipGateway.Tests.KnownAttacks;
using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip.KnownAttacks;

/// <summary>Peers that are gone before their answer is.</summary>
public sealed class EarlyCloseTests(EdgeFixture fixture)
{
    private const string Code = "sip:*55*123456@gateway.test";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [KnownAttack("CVE-2018-7286, CVE-2020-28327")]
    [KnownAttack("CVE-2022-45473/45474/45909/47515/47517")]
    public async Task Invite_OnAConnectionClosedAtOnce_ManyTimes_LeavesTheEdgeServing(bool withReset)
    {
        for (var i = 0; i < 40; i++)
        {
            var phone = await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);
            await phone.SendAsync(Invite("anybody", $"early{i}", 1, ""));
            End(phone, withReset);
        }

        await ServesAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [KnownAttack("CVE-2018-7286, CVE-2020-28327")]
    public async Task Invite_WhoseConnectionEndsWhileTheGrainThinks_IsAnsweredToNobodyAndHarmsNobody(bool withReset)
    {
        var (user, secret, mac) = fixture.NewCandidate();
        var hold = fixture.Scripts[mac].Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var phone = await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);
        await phone.SendAsync(Invite(user, "late", 1, ""));
        var challenge = await phone.ReceiveAsync();
        var authorization = $"Authorization: {UdpPhone.Authorize(challenge, user, secret, "INVITE", Code)}\r\n";
        await phone.SendAsync(Invite(user, "late", 2, authorization));
        await Eventually.IsTrue(() => !fixture.Scripts[mac].Dials.IsEmpty, "the grain is asked");
        End(phone, withReset);

        // The 100, the grain's 200 and its repetitions all meet a connection that is gone.
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        await pause.WaitForNextTickAsync();
        hold.SetResult();
        await pause.WaitForNextTickAsync();
        await pause.WaitForNextTickAsync();
        await ServesAsync();
        using var timers = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        (await timers.InviteAsync(Code, secret, "")).Should().NotBeEmpty();
        (await timers.FinalAsync()).StatusCode.Should().Be(200);
        (await timers.FinalAsync()).StatusCode.Should().Be(200, "the clock that repeats the answer still turns");
    }

    private static void End(TcpPhone phone, bool withReset)
    {
        if (withReset)
        {
            phone.Abort();
        }

        phone.Dispose();
    }

    private static string Invite(string user, string callId, int number, string headers) =>
        $"INVITE {Code} SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK{Guid.NewGuid():n};rport\r\nFrom: <sip:{user}@gateway.test>;tag=1\r\n"
        + $"To: <{Code}>\r\nCall-ID: {callId}\r\nCSeq: {number} INVITE\r\nContact: <sip:{user}@127.0.0.1>\r\n{headers}Content-Length: 0\r\n\r\n";

    private async Task ServesAsync()
    {
        using var next = await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);
        await next.SendAsync(TcpPhone.Options("next"));
        (await next.ReceiveAsync()).StatusCode.Should().Be(200);
    }
}
