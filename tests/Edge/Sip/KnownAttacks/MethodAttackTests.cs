using SipGateway.Tests.KnownAttacks;

namespace SipGateway.Edge.Tests.Sip.KnownAttacks;

/// <summary>Requests that other servers acted on without knowing from whom they came.</summary>
public sealed class MethodAttackTests(EdgeFixture fixture)
{
    private const string Multipart = "--b\r\nContent-Type: text/plain\r\n\r\nx";

    [Theory]
    [InlineData("MESSAGE", 405)]
    [InlineData("SUBSCRIBE", 405)]
    [InlineData("PUBLISH", 405)]
    [InlineData("NOTIFY", 405)]
    [InlineData("REFER", 405)]
    [InlineData("INFO", 405)]
    [InlineData("UPDATE", 405)]
    [InlineData("PRACK", 405)]
    [InlineData("api", 501)]
    [InlineData("message", 501)]
    [InlineData("REGISTER", 401)]
    [InlineData("INVITE", 401)]
    [InlineData("BYE", 481)]
    [InlineData("CANCEL", 481)]
    [KnownAttack("CVE-2021-37624")]
    [KnownAttack("CVE-2021-41157")]
    [KnownAttack("CVE-2026-116779")]
    [KnownAttack("CVE-2026-28799")]
    [KnownAttack("CVE-2026-46334, CVE-2026-45084")]
    public async Task Method_WithoutCredentials_IsRefusedAndReachesNoDevice(string method, int status)
    {
        var (user, _, mac) = fixture.NewDevice();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        foreach (var to in new[] { null, $"<sip:{user}@gateway.test>;tag=within" })
        {
            var headers = "Event: presence\r\nExpires: 0\r\nX-FS-Api: reloadxml\r\n";
            (await phone.AskAsync(phone.Request(method, "sip:*55*123456@gateway.test", headers, "body", to))).StatusCode
                .Should().Be(method == "INVITE" && to is not null ? 481 : status);
        }

        fixture.Scripts[mac].Registers.Should().BeEmpty();
        fixture.Scripts[mac].Dials.Should().BeEmpty();
    }

    [Theory]
    [InlineData(50, 405)]
    [InlineData(110, 405)]
    [InlineData(200, 400)]
    [KnownAttack("CVE-2018-7284 (AST-2018-004)")]
    public async Task Subscribe_WithManyAcceptHeaders_IsRefused(int count, int status)
    {
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, "anybody");
        var accepts = string.Concat(Enumerable.Repeat("Accept: application/pidf+xml\r\n", count));

        (await phone.AskAsync(phone.Request("SUBSCRIBE", "sip:gateway.test", "Event: presence\r\n" + accepts))).StatusCode.Should().Be(status);
    }

    [Theory]
    [InlineData("multipart/mixed;boundary=b", Multipart, 415)]
    [InlineData("multipart/mixed", "--\n--", 415)]
    [InlineData("application/isup;version=itu-t92+", "\u0001\u0011\u0048", 415)]
    [InlineData("application/sdp", "v=0\r\nb=AS\r\nm=audio 5000 RTP/AVP 18\r\n", 488)]
    [InlineData("application/sdp", "v=0\r\nm=\r\nm=audio\r\n", 400)]
    [InlineData("application/sdp", Multipart, 400)]
    [KnownAttack("CVE-2017-9359 (AST-2017-003)")]
    [KnownAttack("CVE-2022-21723, CVE-2026-33069")]
    [KnownAttack("CVE-2026-106803, CVE-2026-108822")]
    [KnownAttack("OSV-2024-1210, -1230, -1244")]
    [KnownAttack("CVE-2026-46334, CVE-2026-45084")]
    public async Task Invite_WithABodyOfAnotherKind_IsRefusedBeforeAnybodyReadsIt(string type, string body, int status)
    {
        var (user, secret, mac) = fixture.NewCandidate();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        const string Code = "sip:*55*123456@gateway.test";
        var first = phone.Request("INVITE", Code, $"Content-Type: {type}\r\n", body, $"<{Code}>");
        var challenge = await phone.AskAsync(first);
        phone.Ack(challenge, Code, first);
        var authorization = $"Authorization: {UdpPhone.Authorize(challenge, user, secret, "INVITE", Code)}\r\n";
        var second = phone.Request("INVITE", Code, authorization + $"Contact: <{phone.Contact}>\r\nContent-Type: {type}\r\n", body, $"<{Code}>");
        var refused = await phone.AskAsync(second);
        phone.Ack(refused, Code, second);

        refused.StatusCode.Should().Be(status);
        fixture.Scripts[mac].Dials.Should().BeEmpty();
    }

    [Fact]
    [KnownAttack("CVE-2025-54995")]
    public async Task Invites_RefusedOrAbandoned_GiveTheirMediaPortsBack()
    {
        // Fifty ports for sound are configured; a leak of one for each call would end before the last of these.
        var (user, secret, mac) = fixture.NewDevice();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        for (var i = 0; i < 60; i++)
        {
            var invite = await phone.InviteAsync("sip:*55*999999@gateway.test", secret, "");
            var answer = await phone.FinalAsync();
            answer.StatusCode.Should().Be(403, "call {0}", i);
            phone.Ack(answer, "sip:*55*999999@gateway.test", invite);
            while (await phone.TryReceiveAsync(TimeSpan.FromMilliseconds(5)) is not null)
            {
            }
        }

        fixture.Scripts[mac].Dials.Should().HaveCount(60);
    }

    [Fact]
    [KnownAttack("CVE-2021-26906, CVE-2022-26499")]
    public async Task Identity_NamingACertificateToFetch_MakesTheEdgeConnectNowhere()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, "anybody");
        var identity = $"Identity: a.b.c;info=<http://{listener.LocalEndpoint}/cert.pem>;alg=ES256;ppt=shaken\r\n";
        var body = $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nu=http://{listener.LocalEndpoint}/\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n";

        (await phone.AskAsync(phone.Request("INVITE", "sip:*55*1@gateway.test", identity + "Content-Type: application/sdp\r\n", body))).StatusCode
            .Should().Be(401);

        listener.Pending().Should().BeFalse();
    }
}
