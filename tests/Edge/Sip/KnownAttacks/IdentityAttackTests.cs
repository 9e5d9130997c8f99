using Microsoft.Extensions.DependencyInjection;
using SipGateway.Sip;
using SipGateway.Tests.KnownAttacks;

namespace SipGateway.Edge.Tests.Sip.KnownAttacks;

/// <summary>Who somebody says to be, against what the digest proves.</summary>
public sealed class IdentityAttackTests(EdgeFixture fixture)
{
    [Fact]
    [KnownAttack("CVE-2024-35190 (GHSA-qqxj-v78h-hrf9)")]
    [KnownAttack("CVE-2025-47779 (GHSA-2grh-7mhv-fcfw)")]
    public async Task Register_OfAnothersAddress_Is403AndBindsNothing()
    {
        var (victim, _, victimMac) = fixture.NewDevice();
        var (user, secret, mac) = fixture.NewDevice();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);

        (await phone.RegisterAsync(secret, to: $"<sip:{victim}@gateway.test>")).StatusCode.Should().Be(403);

        fixture.Scripts[victimMac].Registers.Should().BeEmpty();
        fixture.Scripts[mac].Registers.Should().OnlyContain(r => r.Contacts.IsEmpty);
    }

    [Fact]
    [KnownAttack("CVE-2025-47779 (GHSA-2grh-7mhv-fcfw)")]
    public async Task Invite_FromSomebodyElse_IsTheDigestsUser()
    {
        const string Code = "sip:*55*1@gateway.test";
        var (victim, _, victimMac) = fixture.NewDevice();
        var (user, secret, mac) = fixture.NewDevice();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, victim);
        var first = phone.Request("INVITE", Code, to: $"<{Code}>");
        var challenge = await phone.AskAsync(first);
        phone.Ack(challenge, Code, first);
        var headers = $"Authorization: {UdpPhone.Authorize(challenge, user, secret, "INVITE", Code)}\r\nP-Asserted-Identity: <sip:{victim}@gateway.test>\r\n";
        var second = phone.Request("INVITE", Code, headers, to: $"<{Code}>");
        phone.Ack(await phone.AskAsync(second), Code, second);

        fixture.Scripts[mac].Dials.Should().ContainSingle().Which.Caller.SipUser.Should().Be(user);
        fixture.Scripts[victimMac].Dials.Should().BeEmpty();
    }

    [Theory]
    [InlineData("realm=\"gateway.test\"", "realm=\"never.challenged\"")]
    [InlineData("realm=\"gateway.test\"", "realm=\"\"")]
    [InlineData("nonce=\"", "nonce=\"x")]
    [InlineData("nc=00000001", "nc=00000002")]
    [InlineData("Digest ", "Basic ")]
    [KnownAttack("CVE-2025-57767 (GHSA-64qc-9x89-rx5j)")]
    [KnownAttack("CVE-2026-86219, CVE-2026-3099, CVE-2026-73636")]
    public async Task Authorization_ForWhatWasNeverChallenged_Is401(string from, string to)
    {
        var (user, secret, mac) = fixture.NewCandidate();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        var challenge = await phone.AskAsync(phone.Register());
        var authorization = UdpPhone.Authorize(challenge, user, secret, "REGISTER", "sip:gateway.test");
        authorization.Should().Contain(from);

        (await phone.AskAsync(phone.Register($"Authorization: {authorization.Replace(from, to)}\r\n"))).StatusCode.Should().Be(401);

        fixture.Scripts[mac].Registers.Should().BeEmpty();
    }

    [Fact]
    [KnownAttack("CVE-2026-86219, CVE-2026-3099, CVE-2026-73636")]
    public async Task Authorization_SentAgain_Is401AlsoToAnotherEdge()
    {
        var (user, secret, mac) = fixture.NewDevice();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        var challenge = await phone.AskAsync(phone.Register());
        var authorization = $"Authorization: {UdpPhone.Authorize(challenge, user, secret, "REGISTER", "sip:gateway.test")}\r\n";
        (await phone.AskAsync(phone.Register(authorization))).StatusCode.Should().Be(200);
        (await phone.AskAsync(phone.Register(authorization))).StatusCode.Should().Be(401);

        // An edge that started since knows no nonce of before; what it may trust is their signature, what was used the grain knows.
        using var host = fixture.NewHost(EdgeFixture.Options with { EdgeId = "edge-restarted", FirstRtpPort = 26484, LastRtpPort = 26503 }, fixture.Grains);
        await host.StartAsync(TestContext.Current.CancellationToken);
        using var thief = new UdpPhone(host.Services.GetRequiredService<SipEdge>().UdpEndPoint, user);
        (await thief.AskAsync(thief.Register(authorization))).StatusCode.Should().Be(401);
        await host.StopAsync(TestContext.Current.CancellationToken);
        fixture.Scripts[mac].Registers.Should().HaveCountLessThanOrEqualTo(3);
    }

    [Fact]
    [KnownAttack("CVE-2011-2665, CVE-2011-2666")]
    public async Task Register_OfUnknownAndKnownUsers_IsAnsweredAlike()
    {
        var (known, _, _) = fixture.NewCandidate();
        var shapes = new List<string>();
        foreach (var user in new[] { known, "alice", "100", known[..^1] + (known[^1] == 'a' ? 'b' : 'a') })
        {
            using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
            var challenge = await phone.AskAsync(phone.Register());
            var authorization = $"Authorization: {UdpPhone.Authorize(challenge, user, "wrong", "REGISTER", "sip:gateway.test")}\r\n";
            foreach (var answer in new[] { challenge, await phone.AskAsync(phone.Register(authorization)) })
            {
                var headers = answer.Headers.Select(h => h.Name == SipHeaderName.WwwAuthenticate ? Shape(h.Value) : h.NameText);
                shapes.Add($"{answer.StatusCode} {answer.ReasonPhrase} {string.Join(',', headers)}");
            }
        }

        shapes.Distinct().Should().ContainSingle().Which.Should().StartWith("401 ");
    }

    [Fact]
    [KnownAttack("CVE-2021-41145")]
    public async Task Registers_WithoutCredentials_InAFlood_LeaveNothingBehind()
    {
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, "flood");
        var answered = 0;
        for (var i = 0; i < 3000; i++)
        {
            phone.Send(phone.Request("REGISTER", "sip:gateway.test", $"Contact: <sip:{i}@127.0.0.1>\r\n"));
            answered += i % 100 == 99 && await phone.ReceiveAsync() is SipResponse { StatusCode: 401 } ? 1 : 0;
        }

        answered.Should().Be(30);
        fixture.Services.GetRequiredService<TransactionLayer>().ServerCount.Should().BeLessThan(500, "a challenge needs no transaction");
    }

    [Fact]
    [KnownAttack("CVE-2021-1000004 (ES2021-02)")]
    public async Task Register_ThatFailsWithAScriptAsUserAgent_IsRememberedNowhere()
    {
        var (user, _, mac) = fixture.NewCandidate();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        var scripted = phone.Register().Replace("User-Agent: Yealink SIP-T46S 66.86.5.1", "User-Agent: <script>alert(1)</script>");
        scripted.Should().Contain("<script>");

        var answer = await phone.AskAsync(scripted);

        answer.StatusCode.Should().Be(401);
        System.Text.Encoding.UTF8.GetString(answer.Bytes.Span).Should().NotContain("script");
        fixture.Scripts[mac].Registers.Should().BeEmpty();
    }

    private static string Shape(string challenge) => string.Join(';', challenge.Split(',').Select(p => p.Split('=')[0].Trim()));
}
