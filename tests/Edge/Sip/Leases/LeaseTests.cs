using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>Refreshes that the edge answers by itself, and those that it must not.</summary>
public sealed class LeaseTests(EdgeFixture fixture)
{
    [Fact]
    public async Task Refresh_Unchanged_IsAnsweredLikeByTheGrain_AndWithoutIt()
    {
        using var phone = await LeasedPhone.RegisteredAsync(fixture);
        phone.Script.GrantsLeases = false;
        var byEdge = await phone.RefreshAsync();
        byEdge.StatusCode.Should().Be(200);
        phone.Calls.Should().Be(1);

        // Anything unusual goes to the grain, which grants nothing more.
        var byGrain = await phone.RefreshAsync("Subject: \t x\r\nUnsupported: y\r\n");
        phone.Calls.Should().Be(2);
        byEdge.Headers.Select(Comparable).Should().Equal(byGrain.Headers.Select(Comparable));
        byEdge.ReasonPhrase.Should().Be(byGrain.ReasonPhrase);

        static string Comparable(SipHeader header) => header.Name + ": " + header.Name switch
        {
            SipHeaderName.Via or SipHeaderName.CSeq or SipHeaderName.Date or SipHeaderName.To => "",
            _ => header.Value.ToString(),
        };
    }

    [Fact]
    public async Task Refreshes_AreReported_AlsoWhenAReportFailed()
    {
        using var phone = await LeasedPhone.RegisteredAsync(fixture);
        fixture.Leases.FailingReports = 2;
        for (var i = 0; i < 5; i++)
        {
            (await phone.RefreshAsync()).StatusCode.Should().Be(200);
        }

        phone.Calls.Should().Be(1);
        await Eventually.IsTrue(() => fixture.Leases.Refreshes.Any(r => r.Mac == phone.Mac), "the refreshes are reported");
        var refresh = fixture.Leases.Refreshes.Last(r => r.Mac == phone.Mac);
        (refresh.BindingId, refresh.Generation).Should().Be(("b1", 7));
        refresh.Source.Should().Be(phone.Phone.Local.ToString());
        (refresh.ExpiresAtUtc - refresh.AtUtc).Should().Be(TimeSpan.FromSeconds(300));
    }

    [Fact]
    public async Task SameRefreshAgain_GetsTheSameAnswer()
    {
        using var phone = await LeasedPhone.RegisteredAsync(fixture);
        var refresh = phone.Refresh(await phone.ChallengeAsync());
        var first = await phone.Phone.AskAsync(refresh);
        var second = await phone.Phone.AskAsync(refresh);
        first.StatusCode.Should().Be(200);
        second.Bytes.ToArray().Should().Equal(first.Bytes.ToArray());
        phone.Calls.Should().Be(1);
    }

    [Fact]
    public async Task UsedNonceUnderANewerCSeq_IsNotAnsweredByTheEdge()
    {
        using var phone = await LeasedPhone.RegisteredAsync(fixture);
        var challenge = await phone.ChallengeAsync();
        (await phone.Phone.AskAsync(phone.Refresh(challenge))).StatusCode.Should().Be(200);
        phone.Calls.Should().Be(1);
        await phone.Phone.AskAsync(phone.Refresh(challenge));
        phone.Calls.Should().Be(2);

        // The grain hears of the use that it did not see.
        var use = phone.Script.Registers.Last().Lease!.LastUse!;
        (use.Nonce, use.NonceCount).Should().Be((challenge.Nonce, 1));
    }

    [Fact]
    public async Task RisingNonceCount_IsAnsweredByTheEdge_AndAnOlderNonceIsNot()
    {
        using var phone = await LeasedPhone.RegisteredAsync(fixture);
        var older = await phone.ChallengeAsync();
        var newer = await phone.ChallengeAsync();
        (await phone.Phone.AskAsync(phone.Refresh(newer))).StatusCode.Should().Be(200);
        (await phone.Phone.AskAsync(phone.Refresh(newer, count: 2))).StatusCode.Should().Be(200);
        phone.Calls.Should().Be(1);
        await phone.Phone.AskAsync(phone.Refresh(older, count: 3));
        phone.Calls.Should().Be(2);
    }

    [Fact]
    public async Task WrongDigest_IsChallenged_WakesNoGrain_AndLeavesTheLease()
    {
        using var phone = await LeasedPhone.RegisteredAsync(fixture);
        var refused = await phone.Phone.AskAsync(phone.Refresh(await phone.ChallengeAsync(), secret: "guess"));
        refused.StatusCode.Should().Be(401);
        (await phone.RefreshAsync()).StatusCode.Should().Be(200);
        phone.Calls.Should().Be(1);
    }

    [Theory]
    [InlineData("Expires: 60\r\n")]
    [InlineData("Path: <sip:proxy.test;lr>\r\nSupported: path\r\n")]
    [InlineData("Require: path\r\n")]
    [InlineData("Contact: <sip:other@127.0.0.1>\r\n")]
    public async Task ChangedRefresh_GoesToTheGrain(string headers)
    {
        using var phone = await LeasedPhone.RegisteredAsync(fixture);
        await phone.RefreshAsync(headers);
        phone.Calls.Should().Be(2);
    }

    [Fact]
    public async Task FromAnotherPort_GoesToTheGrain()
    {
        using var phone = await LeasedPhone.RegisteredAsync(fixture);
        using var other = new UdpPhone(fixture.Edge.UdpEndPoint, phone.Phone.User);
        var refresh = phone.Refresh(await phone.ChallengeAsync()).Replace($"Via: SIP/2.0/UDP {phone.Phone.Local}", $"Via: SIP/2.0/UDP {other.Local}");
        other.Send(refresh);
        await other.ReceiveAsync();
        phone.Calls.Should().Be(2);
    }

    [Fact]
    public async Task Revoked_TheNextRefreshGoesToTheGrain()
    {
        using var phone = await LeasedPhone.RegisteredAsync(fixture);
        fixture.Leases.Revoke(phone.Mac, version: 8);
        await Eventually.IsTrue(async () => (await phone.RefreshAsync()).StatusCode == 200 && phone.Calls == 2, "the lease ends");
    }

    [Fact]
    public async Task OlderRevocation_LeavesTheLease()
    {
        using var marked = await LeasedPhone.RegisteredAsync(fixture);
        using var phone = await LeasedPhone.RegisteredAsync(fixture);
        fixture.Leases.Revoke(phone.Mac, version: 7);
        fixture.Leases.Revoke(marked.Mac, version: 8);
        await Eventually.IsTrue(async () => (await marked.RefreshAsync()).StatusCode == 200 && marked.Calls == 2, "the later revocation is heard of");
        (await phone.RefreshAsync()).StatusCode.Should().Be(200);
        phone.Calls.Should().Be(1);
    }

    [Fact]
    public async Task NewerPolicies_TheNextRefreshGoesToTheGrain_WhichGrantsAnew()
    {
        using var phone = await LeasedPhone.RegisteredAsync(fixture);
        fixture.Leases.TenantVersions[phone.Script.Tenant] = 2;
        await Eventually.IsTrue(async () => (await phone.RefreshAsync()).StatusCode == 200 && phone.Calls == 2, "the policies are met");
    }

    [Fact]
    public async Task Challenge_IsWhatTheLongWaySays()
    {
        var (user, _, _) = fixture.NewDevice();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        var plain = await phone.AskAsync(phone.Register());
        var full = await phone.AskAsync(phone.Register("Subject: \t x\r\nUnsupported: y\r\n"));
        (plain.StatusCode, full.StatusCode).Should().Be((401, 401));
        plain.Headers.Select(h => h.Name).Should().Equal(full.Headers.Select(h => h.Name));
        Shape(plain).Should().Be(Shape(full));

        static string Shape(SipResponse r) =>
            System.Text.RegularExpressions.Regex.Replace(r.GetText(SipHeaderName.WwwAuthenticate)!, "nonce=\"[^\"]*\"", "nonce");
    }
}
