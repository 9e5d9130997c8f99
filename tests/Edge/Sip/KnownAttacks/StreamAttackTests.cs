using SipGateway.Tests.KnownAttacks;

namespace SipGateway.Edge.Tests.Sip.KnownAttacks;

/// <summary>Attacks on the framing of a connection, over the wire.</summary>
public sealed class StreamAttackTests(EdgeFixture fixture)
{
    [Theory]
    [InlineData("4294967328")]
    [InlineData("8589934624")]
    [InlineData("18446744073709551648")]
    [InlineData("2147483680")]
    [InlineData("-1")]
    [InlineData("-4294967264")]
    [InlineData("99999999999999999999")]
    [InlineData("3 2")]
    [KnownAttack("kamailio commit 2c47fe1625 (2026-03-01)")]
    [KnownAttack("CVE-2026-23457")]
    [KnownAttack("CVE-2026-45103 (GHSA-jv35-555v-54jh)")]
    [KnownAttack("SEMS PR 352 (2026)")]
    [KnownAttack("CVE-2026-49840")]
    [KnownAttack("GHSA-j5j8-rhcm-7fp9")]
    [KnownAttack("CVE-2023-27595..27601, 28095..28099")]
    public async Task Length_ThatWrapsOrIsNegative_HidesNoRequest(string length)
    {
        using var connection = await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);
        await connection.SendAsync(TcpPhone.Options("outer", $"Content-Length: {length}\r\n", new string('x', 32) + TcpPhone.Options("hidden")));

        var answers = await connection.ResponsesToEndAsync();

        answers.Should().ContainSingle().Which.CallId.Should().Be("outer");
        answers[0].StatusCode.Should().BeOneOf(400, 513);
        await NextIsServedAsync();
    }

    [Theory]
    [InlineData("OPTIONS  sip:gateway.test SIP/2.0\r\n", "X: a\nContent-Length: 32\r\n")]
    [InlineData("OPTIONS  sip:gateway.test SIP/2.0\r\n", "Content-Length\u0001: 32\r\n")]
    [KnownAttack("kamailio commit 2c47fe1625 (2026-03-01)")]
    [KnownAttack("CVE-2016-9938")]
    public async Task FirstLine_Wrong_DoesNotKeepADoubtfullyFramedConnectionOpen(string line, string doubt)
    {
        var attack = TcpPhone.Options("outer", $"{doubt}Content-Length: 0\r\n").Replace("OPTIONS sip:gateway.test SIP/2.0\r\n", line);
        using var connection = await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);
        await connection.SendAsync(attack + TcpPhone.Options("hidden"));

        (await connection.ResponsesToEndAsync()).Should().ContainSingle().Which.CallId.Should().Be("outer");
    }

    [Fact]
    [KnownAttack("CVE-2026-58268 (GHSA-pg59-5vwg-4jxq)")]
    public async Task Bodies_AnnouncedByManyAndSentByNone_CostNoMemory()
    {
        var phones = new List<TcpPhone>();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 300; i++)
        {
            phones.Add(await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint));
            await phones[^1].SendAsync(TcpPhone.Options($"announced{i}", "Content-Length: 64000\r\n"));
        }

        // 300 announced bodies are 19 MB; other tests run meanwhile and take some of their own.
        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeLessThan(15_000_000);
        phones.ForEach(p => p.Dispose());
        await NextIsServedAsync();
    }

    [Theory]
    [InlineData("Subject: {0}\r\nContent-Length: 0\r\n", 20_000)]
    [InlineData("Subject: {0}\r\nContent-Length: 0\r\n", 9_000)]
    [InlineData("{0}: 1\r\nContent-Length: 0\r\n", 2_000)]
    [InlineData("Content-Length: 0\r\n", 1)]
    [KnownAttack("CVE-2022-45473/45474/45909/47515/47517")]
    public async Task Header_LongOrOdd_AndACloseRightBehind_HarmsNobody(string headers, int length)
    {
        for (var i = 0; i < 20; i++)
        {
            using var connection = await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);
            await connection.SendAsync(TcpPhone.Options("odd", headers.Replace("{0}", new string('s', length))));
            connection.Abort();
        }

        await NextIsServedAsync();
    }

    private async Task NextIsServedAsync()
    {
        using var next = await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);
        await next.SendAsync(TcpPhone.Options("next"));
        (await next.ReceiveAsync()).StatusCode.Should().Be(200);
    }
}
