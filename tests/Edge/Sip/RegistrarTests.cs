using SipGateway.Sip;
using SipGateway.Sip.Authentication;

namespace SipGateway.Edge.Tests.Sip;

public sealed class RegistrarTests(EdgeFixture fixture)
{
    [Fact]
    public async Task Register_CandidateWithRightDigest_IsBoundAndToldSo()
    {
        var (user, secret, mac) = fixture.NewCandidate();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        var response = await phone.RegisterAsync(secret);
        response.StatusCode.Should().Be(200);
        response.Contacts!.Addresses.Should().ContainSingle().Which.Uri.ToString().Should().Be(phone.Contact);
        response.Contacts.Addresses[0].ExpiresSeconds().Should().Be(300);
        DateTimeOffset.Parse(response.GetText(SipHeaderName.Date)!).Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        var command = fixture.Scripts[mac].Registers.Should().ContainSingle().Subject;
        command.Caller.Candidate!.Id.Should().HaveLength(32);
        command.Caller.Epoch.Should().BeNull();
        command.Caller.UserAgent.Should().Be("Yealink SIP-T46S 66.86.5.1");
        command.Flow.Transport.Should().Be("udp");
        command.Flow.Source.Should().Be(phone.Local.ToString());
        command.Flow.EdgeId.Should().Be("edge-test");
        command.CallId.Should().Be(phone.CallId);
    }

    [Fact]
    public async Task Register_DeviceWithRightDigest_IsVerifiedByItsGrain()
    {
        var (user, secret, mac) = fixture.NewDevice();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        (await phone.RegisterAsync(secret)).StatusCode.Should().Be(200);
        fixture.Scripts[mac].Registers.Should().ContainSingle().Which.Caller.Epoch.Should().Be(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Register_WrongDigest_IsAlways401WithAFreshNonce(bool isCandidate)
    {
        var (user, _, _) = isCandidate ? fixture.NewCandidate() : fixture.NewDevice();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        var first = await phone.RegisterAsync("wrong");
        var second = await phone.RegisterAsync("wrong");
        first.StatusCode.Should().Be(401);
        second.StatusCode.Should().Be(401);
        second.GetText(SipHeaderName.WwwAuthenticate).Should().NotBe(first.GetText(SipHeaderName.WwwAuthenticate)).And.NotContain("stale");
    }

    [Fact]
    public async Task Register_UnknownName_LooksLikeAWrongPassword()
    {
        var (user, _, mac) = fixture.NewDevice();
        using var known = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        using var invented = new UdpPhone(fixture.Edge.UdpEndPoint, user[..^1] + (user[^1] == 'a' ? 'b' : 'a'));
        var toKnown = await known.RegisterAsync("wrong");
        var toInvented = await invented.RegisterAsync("wrong");
        Shape(toInvented).Should().Be(Shape(toKnown));
        fixture.Scripts[mac].Registers.Should().ContainSingle("the invented name wakes no grain");

        static string Shape(SipResponse r) => r + " " + string.Join(
            ",", r.Headers.Select(h => h.Name)) + r.GetText(SipHeaderName.WwwAuthenticate)!.Length;
    }

    [Fact]
    public async Task Register_ForgedNonce_IsChallengedAndReachesNoGrain()
    {
        var (user, secret, mac) = fixture.NewCandidate();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        var challenge = await phone.AskAsync(phone.Register());
        var authorization = UdpPhone.Authorize(challenge, user, secret, "REGISTER", "sip:gateway.test");
        var nonce = authorization.Split("nonce=\"")[1].Split('"')[0];

        // Not the last character: its lowest bits may be none of the nonce's.
        var (middle, other) = (nonce.Length / 2, nonce[nonce.Length / 2] == 'A' ? 'B' : 'A');
        var forged = DigestChallenge.Parse($"Digest realm=\"gateway.test\", nonce=\"{nonce[..middle]}{other}{nonce[(middle + 1)..]}\", qop=\"auth\"")!
            .Answer(user, secret, "REGISTER", "sip:gateway.test", "c0ffee");
        (await phone.AskAsync(phone.Register($"Authorization: {forged}\r\n"))).StatusCode.Should().Be(401);
        fixture.Scripts[mac].Registers.Should().BeEmpty();
    }

    [Fact]
    public async Task Register_Retransmission_GetsTheSameAnswerAndAsksOnce()
    {
        var (user, secret, mac) = fixture.NewCandidate();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        var challenge = await phone.AskAsync(phone.Register());
        var request = phone.Register($"Authorization: {UdpPhone.Authorize(challenge, user, secret, "REGISTER", "sip:gateway.test")}\r\n");
        var first = await phone.AskAsync(request);
        var second = await phone.AskAsync(request);
        first.StatusCode.Should().Be(200);
        second.Bytes.ToArray().Should().Equal(first.Bytes.ToArray());
        fixture.Scripts[mac].Registers.Should().ContainSingle();
    }

    [Fact]
    public async Task Register_SameNonceAndCountAgain_IsStale()
    {
        var (user, secret, _) = fixture.NewDevice();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        var challenge = await phone.AskAsync(phone.Register());
        var authorization = $"Authorization: {UdpPhone.Authorize(challenge, user, secret, "REGISTER", "sip:gateway.test")}\r\n";
        (await phone.AskAsync(phone.Register(authorization))).StatusCode.Should().Be(200);
        var again = await phone.AskAsync(phone.Register(authorization));
        again.StatusCode.Should().Be(401);
        again.GetText(SipHeaderName.WwwAuthenticate).Should().Contain("stale=true");
    }

    [Theory]
    [InlineData("right", 403)]
    [InlineData("wrong", 401)]
    public async Task Register_ForAnothersAddress_Is403OnlyWithTheRightDigest(string secret, int status)
    {
        var (user, _, mac) = fixture.NewDevice();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        (await phone.RegisterAsync(secret, to: "<sip:somebody@gateway.test>")).StatusCode.Should().Be(status);
        fixture.Scripts[mac].Registers.Should().ContainSingle().Which.Contacts.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Contact: *\r\nExpires: 60\r\n", 400)]
    [InlineData("Contact: *\r\n", 400)]
    [InlineData("Contact: *\r\nExpires: 0\r\n", 200)]
    [InlineData("Contact: *, <sip:a@192.0.2.1>\r\nExpires: 0\r\n", 400)]
    [InlineData("Contact: <sip:a@192.0.2.1>;q=1.001\r\n", 400)]
    [InlineData("Contact: <sip:a@192.0.2.1>;expires=10\r\n", 423)]
    [InlineData("Contact: <sip:a@192.0.2.1>\r\nExpires: 4294967295\r\n", 200)]
    [InlineData("", 200)]
    public async Task Register_Contacts_AreHeldToTheRules(string contacts, int status)
    {
        var (user, secret, _) = fixture.NewDevice();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        var challenge = await phone.AskAsync(phone.Request("REGISTER", "sip:gateway.test"));
        var authorization = UdpPhone.Authorize(challenge, user, secret, "REGISTER", "sip:gateway.test");
        var response = await phone.AskAsync(phone.Request("REGISTER", "sip:gateway.test", $"Authorization: {authorization}\r\n{contacts}"));
        response.StatusCode.Should().Be(status);
        if (status == 423)
        {
            response.GetText(SipHeaderName.MinExpires).Should().Be("60");
        }
    }

    [Fact]
    public async Task Register_UnknownRequire_Is420BeforeAnyChallenge()
    {
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, "nobody");
        var response = await phone.AskAsync(phone.Register("Require: foo, path, bar\r\n"));
        response.StatusCode.Should().Be(420);
        response.GetText(SipHeaderName.Unsupported).Should().Be("foo, bar");
    }

    [Fact]
    public async Task Register_AnotherDomain_Is404()
    {
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, "nobody");
        (await phone.AskAsync(phone.Request("REGISTER", "sip:other.example"))).StatusCode.Should().Be(404);
    }

    [Fact]
    public async Task Register_GrainThatDoesNotAnswer_Is503WithRetryAfter()
    {
        var (user, secret, mac) = fixture.NewDevice();
        fixture.Scripts[mac].Hold = new TaskCompletionSource();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        var response = await phone.RegisterAsync(secret);
        fixture.Scripts[mac].Hold!.SetResult();
        response.StatusCode.Should().Be(503);
        response.GetText(SipHeaderName.RetryAfter).Should().Be("10");
    }

    [Fact]
    public async Task Register_WithPath_ReturnsItWhenSupported()
    {
        var (user, secret, mac) = fixture.NewDevice();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        var response = await phone.RegisterAsync(
            secret, "Path: <sip:proxy.test;lr>\r\nSupported: path\r\nRecord-Route: <sip:x.test;lr>\r\n");
        response.GetText(SipHeaderName.Path).Should().Be("<sip:proxy.test;lr>");
        response.CountOf(SipHeaderName.RecordRoute).Should().Be(0);
        fixture.Scripts[mac].Registers.Single().Path.Should().Equal("<sip:proxy.test;lr>");
    }

    [Theory]
    [InlineData("MESSAGE", 405)]
    [InlineData("SUBSCRIBE", 405)]
    [InlineData("FOO", 501)]
    [InlineData("BYE", 481)]
    [InlineData("CANCEL", 481)]
    public async Task Request_NotServed_IsRefused(string method, int status)
    {
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, "nobody");
        var response = await phone.AskAsync(phone.Request(method, "sip:gateway.test"));
        response.StatusCode.Should().Be(status);
        if (status is 405 or 501)
        {
            response.GetText(SipHeaderName.Allow).Should().Contain("REGISTER");
        }
    }

    [Fact]
    public async Task Options_OfTheServer_TellsWhatIsServed()
    {
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, "nobody");
        var response = await phone.AskAsync(phone.Request("OPTIONS", "sip:gateway.test"));
        response.StatusCode.Should().Be(200);
        response.GetText(SipHeaderName.Allow).Should().Contain("INVITE");
        response.GetText(SipHeaderName.Accept).Should().Be("application/sdp");
        response.GetText(SipHeaderName.Via).Should().Contain($"rport={phone.Local.Port}").And.Contain("received=127.0.0.1");
        response.To!.Tag.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public async Task Invite_ToANumber_Is404WhileNothingIsRelayed()
    {
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, "nobody");
        (await phone.AskAsync(phone.Request("INVITE", "sip:+4930123@gateway.test"))).StatusCode.Should().Be(404);
    }

    [Fact]
    public async Task Scanner_ByItsUserAgent_GetsNoAnswer()
    {
        using var scanner = new UdpPhone(fixture.Edge.UdpEndPoint, "100");
        scanner.Send(scanner.Request("OPTIONS", "sip:gateway.test").Replace("Yealink SIP-T46S", "friendly-scanner"));
        (await scanner.TryReceiveAsync(TimeSpan.FromMilliseconds(300))).Should().BeNull();
    }
}
