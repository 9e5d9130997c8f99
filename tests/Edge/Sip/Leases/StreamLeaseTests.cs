using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>Refreshes over TCP and TLS that the edge answers by itself, and those that it must not.</summary>
public sealed class StreamLeaseTests(EdgeFixture fixture)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refresh_Unchanged_IsAnsweredLikeByTheGrain_AndWithoutIt(bool isTls)
    {
        var (user, secret, mac) = NewLeased();
        using var phone = await ConnectAsync(isTls);
        (await phone.RegisterAsync(user, secret)).StatusCode.Should().Be(200);
        Script(mac).GrantsLeases = false;

        var byEdge = await RefreshAsync(phone, user, secret, 4);
        byEdge.StatusCode.Should().Be(200);
        Script(mac).Registers.Should().ContainSingle("the lease was granted with it");

        var byGrain = await RefreshAsync(phone, user, secret, 6, "Subject: \t x\r\n");
        Script(mac).Registers.Should().HaveCount(2, "anything unusual goes to the grain");
        byEdge.Headers.Select(Comparable).Should().Equal(byGrain.Headers.Select(Comparable));

        static string Comparable(SipHeader header) => header.Name + ": " + header.Name switch
        {
            SipHeaderName.Via or SipHeaderName.CSeq or SipHeaderName.Date or SipHeaderName.To => "",
            _ => header.Value.ToString(),
        };
    }

    [Fact]
    public async Task Refresh_OnAnotherConnection_GoesToTheGrain()
    {
        var (user, secret, mac) = NewLeased();
        using var first = await ConnectAsync(isTls: false);
        (await first.RegisterAsync(user, secret)).StatusCode.Should().Be(200);
        var local = first.Local;
        first.Abort();

        // From the very same address and port, with the very same Contact: still a way that no grain knows.
        using var second = await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint, local: local);
        (await RefreshAsync(second, user, secret, 4)).StatusCode.Should().Be(200);

        Script(mac).Registers.Should().HaveCount(2);
        Script(mac).Registers.Select(r => r.Flow.FlowId).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Refresh_InPieces_IsAnsweredByTheEdge(int octets)
    {
        var (user, secret, mac) = NewLeased();
        using var phone = await ConnectAsync(isTls: false);
        (await phone.RegisterAsync(user, secret)).StatusCode.Should().Be(200);
        var refresh = phone.Register(user, 4, Authorization(await ChallengeAsync(phone, user, 3), user, secret));
        foreach (var piece in refresh.Chunk(octets)) await phone.SendAsync(new string(piece));

        (await phone.ReceiveAsync()).StatusCode.Should().Be(200);
        Script(mac).Registers.Should().ContainSingle();
    }

    [Fact]
    public async Task Refresh_BetweenOtherMessages_AnswersAll()
    {
        var (user, secret, mac) = NewLeased();
        using var phone = await ConnectAsync(isTls: true);
        (await phone.RegisterAsync(user, secret)).StatusCode.Should().Be(200);
        var authorization = Authorization(await ChallengeAsync(phone, user, 3), user, secret);
        await phone.SendAsync(
            TcpPhone.Options("before", transport: "TLS") + phone.Register(user, 4, authorization) + "\r\n\r\n"
            + TcpPhone.Options("after", transport: "TLS") + phone.Register(user, 5));

        var answers = new List<SipResponse>();
        for (var i = 0; i < 4; i++) answers.Add(await phone.ReceiveAsync());
        answers.Select(a => (a.StatusCode, a.CallId)).Should().BeEquivalentTo([(200, "before"), (200, user), (200, "after"), (401, user)]);
        Script(mac).Registers.Should().ContainSingle();
    }

    [Theory]
    [InlineData("X: y")]
    [InlineData("Content-Length: 0\r\nContent-Length: 0")]
    [InlineData("Content-Length: +0")]
    [InlineData("Content-Length: 00")]
    public async Task Refresh_WhoseFramingIsUnusual_IsJudgedTheLongWay(string instead)
    {
        var (user, secret, mac) = NewLeased();
        using var phone = await ConnectAsync(isTls: false);
        (await phone.RegisterAsync(user, secret)).StatusCode.Should().Be(200);
        var authorization = Authorization(await ChallengeAsync(phone, user, 3), user, secret);
        var refresh = phone.Register(user, 4, authorization).Replace("Content-Length: 0", instead, StringComparison.Ordinal);
        await phone.SendAsync(refresh + TcpPhone.Options("smuggled"));

        // Two noughts are a number; everything else leaves it open where the message ends.
        if (instead.EndsWith("00", StringComparison.Ordinal))
        {
            (await phone.ReceiveAsync()).StatusCode.Should().Be(200);
            return;
        }

        (await phone.ResponsesToEndAsync()).Should().NotContain(r => r.StatusCode == 200);
        Script(mac).Registers.Should().ContainSingle();
    }

    private DeviceScript Script(string mac) => fixture.Scripts[mac];

    private (string User, string Secret, string Mac) NewLeased()
    {
        var device = fixture.NewDevice();
        Script(device.Mac).GrantsLeases = true;
        return device;
    }

    private Task<TcpPhone> ConnectAsync(bool isTls) =>
        isTls ? TcpPhone.ConnectTlsAsync(fixture.Edge.TlsEndPoint!) : TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);

    private static async Task<SipResponse> ChallengeAsync(TcpPhone phone, string user, int number)
    {
        await phone.SendAsync(phone.Register(user, number));
        return await phone.ReceiveAsync();
    }

    private static string Authorization(SipResponse challenge, string user, string secret) =>
        $"Authorization: {UdpPhone.Authorize(challenge, user, secret, "REGISTER", "sip:gateway.test")}\r\n";

    private static async Task<SipResponse> RefreshAsync(TcpPhone phone, string user, string secret, int number, string headers = "")
    {
        var challenge = await ChallengeAsync(phone, user, number - 1);
        await phone.SendAsync(phone.Register(user, number, Authorization(challenge, user, secret) + headers));
        return await phone.ReceiveAsync();
    }
}

