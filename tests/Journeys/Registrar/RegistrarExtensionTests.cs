using SipGateway.Journeys.Tests.Running;
using SipGateway.Sip;

namespace SipGateway.Journeys.Tests.Registrar;

/// <summary>What is served beyond RFC 3261, and what is cleanly not.</summary>
[Collection(RegistrarRules.Name)]
public sealed class RegistrarExtensionTests(RegistrarFixture fixture)
{
    private const string Instance = ";+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-001565ab0001>\"";

    /// <summary>Longer than the exporter gives out what it collected before.</summary>
    private static readonly TimeSpan MetricsPause = TimeSpan.FromMilliseconds(500);

    [Fact, Trait("rule", "R27")]
    public async Task Path_OfAPhoneThatKnowsIt_IsReturnedInOrder()
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        var response = await phone.BindAsync(";expires=300", "Path: <sip:p2.example;lr>", "Path: <sip:p1.example;lr>", "Supported: path");
        response.StatusCode.Should().Be(200);
        response.GetHeaders(SipHeaderName.Path).Select(h => h.Value).Should().Equal("<sip:p2.example;lr>", "<sip:p1.example;lr>");
    }

    [Theory, Trait("rule", "R27")]
    [InlineData("<sip:p1.example;lr>", "Supported: outbound", 421)]
    [InlineData("<sip:p1.example", "Supported: path", 400)]
    public async Task Path_ThatCannotBeServed_BindsNothing(string path, string supported, int status)
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        var response = await phone.BindAsync(";expires=300", $"Path: {path}", supported);
        response.StatusCode.Should().Be(status);
        response.GetText(SipHeaderName.Require).Should().Be(status == 421 ? "path" : null);
        (await phone.BindingsAsync()).Should().NotContain(b => b.Uri.ToString() == phone.Contact);
    }

    [Fact, Trait("rule", "R27")]
    public async Task Path_OfABinding_IsTheRouteOfWhatIsSentToIt()
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        (await phone.BindAsync(";expires=300", "Path: <sip:p2.example;lr>, <sip:p1.example;lr>", "Supported: path")).StatusCode.Should().Be(200);
        using var admin = new AdminRest(fixture.Gateway.AdminClient());
        await admin.PostAsync("/v1/tenants/default/devices/001565ab0001:resync");
        var notify = (SipRequest)SipParser.ParseDatagram(await phone.Wire.ReadAsync(TimeSpan.FromSeconds(10)), SipLimits.Default).Message!;
        await phone.Wire.SendAsync(SipResponseBuilder.For(notify, 200, toTag: "p1").Build());
        notify.Method.Should().Be(SipMethod.Notify);
        notify.RequestUri!.ToString().Should().Be(phone.Contact);
        notify.Routes!.Select(r => r.ToString()).Should().Equal("<sip:p2.example;lr>", "<sip:p1.example;lr>");
    }

    [Fact, Trait("rule", "R28")]
    public async Task ServiceRoute_IsNotOffered()
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        (await phone.ChallengeAsync()).CountOf(SipHeaderName.ServiceRoute).Should().Be(0);
        (await phone.BindAsync()).CountOf(SipHeaderName.ServiceRoute).Should().Be(0, "phones reach the gateway by its domain");
    }

    [Theory, Trait("rule", "R29")]
    [InlineData(";reg-id=1", "Supported: outbound")]
    [InlineData(";reg-id=1" + Instance, "Supported: path")]
    [InlineData(";reg-id=0" + Instance, "Supported: outbound")]
    public async Task RegId_WithoutInstanceOrSupport_DoesNotCount(string parameters, string supported)
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        foreach (var name in new[] { "one", "two" })
        {
            phone.Contact = $"sip:{name}@127.0.0.1:9";
            var response = await phone.BindAsync(";expires=300" + parameters, supported);
            response.StatusCode.Should().Be(200);
            response.CountOf(SipHeaderName.Require).Should().Be(0);
            response.Contacts!.Addresses.Should().ContainSingle().Which.Uri.ToString().Should().Be(phone.Contact);
        }
    }

    [Fact, Trait("rule", "R29")]
    public async Task RegId_TwiceInOneRequest_Is400()
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        var contacts = $"Contact: <sip:one@127.0.0.1:9>;reg-id=1{Instance}, <sip:two@127.0.0.1:9>;reg-id=2{Instance}";
        (await phone.RegisterAsync(contacts, "Supported: outbound")).StatusCode.Should().Be(400);
        (await phone.BindingsAsync()).Should().NotContain(b => b.Uri.User == "one" || b.Uri.User == "two");
    }

    [Fact, Trait("rule", "R29"), Trait("rule", "R34")]
    public async Task RegId_OfThreeFlows_KeepsThree_ReplacesItsOwn_AndAFourthPushesOutTheOldest()
    {
        using var phone = await RawPhone.OpenAsync(fixture, transport: "TCP");
        async Task<string[]> Bind(string user, int id)
        {
            phone.Contact = $"sip:{user}@127.0.0.1:9";
            var response = await phone.BindAsync($";expires=300;reg-id={id}{Instance}", "Supported: outbound");
            response.StatusCode.Should().Be(200);
            return [.. response.Contacts!.Addresses.Select(a => a.Uri.User + a.RegId()).Order(StringComparer.Ordinal)];
        }

        await Bind("a", 1);
        await Bind("b", 2);
        (await Bind("c", 3)).Should().Equal("a1", "b2", "c3");
        (await Bind("d", 1)).Should().Equal("b2", "c3", "d1");
        (await Bind("e", 4)).Should().Equal("c3", "d1", "e4");
    }

    [Theory, Trait("rule", "R30")]
    [InlineData("TCP", "120")]
    [InlineData("UDP", null)]
    public async Task Outbound_ThatCounted_IsSaid(string transport, string? flowTimer)
    {
        using var phone = await RawPhone.OpenAsync(fixture, transport: transport);
        var response = await phone.BindAsync(";expires=300;reg-id=1" + Instance, "Supported: path, outbound");
        response.StatusCode.Should().Be(200);
        response.GetText(SipHeaderName.Require).Should().Be("outbound");
        response.GetText(SipHeaderName.FlowTimer).Should().Be(flowTimer);
        response.Contacts!.Addresses.Should().ContainSingle(c => c.RegId() == 1 && Instance.Contains(c.Instance()!));
    }

    [Theory, Trait("rule", "R30")]
    [InlineData("<sip:p1.example;lr>", 439)]
    [InlineData("<sip:p2.example;lr;ob>, <sip:p1.example;lr>", 439)]
    [InlineData("<sip:p1.example;lr;ob>", 200)]
    public async Task Outbound_ThroughAProxyWithoutOb_Is439(string path, int status)
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        var headers = $"Contact: <{phone.Contact}>;expires=300;reg-id=1{Instance}";
        var second = $"Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKfirst\r\nPath: {path}";
        var response = await phone.RegisterAsync(headers, "Supported: path, outbound", second);
        response.StatusCode.Should().Be(status);
        (await phone.BindingsAsync()).Any(b => b.Uri.ToString() == phone.Contact).Should().Be(status == 200);
    }

    [Fact, Trait("rule", "R31")]
    public async Task KeepAlive_OnAConnection_GetsItsPong_AndNothingIsCountedAsAnError()
    {
        using var phone = await RawPhone.OpenAsync(fixture, transport: "TCP");
        var before = await RejectedAsync();
        for (var i = 0; i < 3; i++)
        {
            await phone.Wire.SendAsync("\r\n\r\n"u8.ToArray());
            (await phone.Wire.ReadAsync(TimeSpan.FromSeconds(10))).Should().Equal("\r\n"u8.ToArray());
        }

        (await phone.BindAsync()).StatusCode.Should().Be(200, "the connection goes on");
        await Task.Delay(MetricsPause);
        (await RejectedAsync()).Should().Equal(before);

        // The proof that an error would have been seen.
        (await phone.AskAsync(phone.Request("REGISTER", [], cseq: "x REGISTER"))).StatusCode.Should().Be(400);
        await Task.Delay(MetricsPause);
        (await RejectedAsync()).Should().NotEqual(before);
    }

    [Theory, Trait("rule", "R31")]
    [InlineData("0D0A0D0A")]
    [InlineData("0D0A")]
    [InlineData("00")]
    [InlineData("000100002112A442000102030405060708090A0B")]
    public async Task KeepAlive_OverUdp_IsIgnored(string octets)
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        await phone.Wire.SendAsync(Convert.FromHexString(octets));
        (await phone.Wire.ReadAsync(TimeSpan.FromMilliseconds(300))).Should().BeEmpty();
        (await phone.BindAsync()).StatusCode.Should().Be(200);
    }

    [Fact, Trait("rule", "R32")]
    public async Task Gruu_IsNotOffered_AndAPhoneThatKnowsItRegistersWithout()
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        var options = await phone.AskAsync(phone.Request("OPTIONS", []));
        options.Supported.Should().NotContain("gruu").And.Contain("path").And.Contain("outbound");
        var response = await phone.BindAsync(";expires=300" + Instance, "Supported: gruu");
        response.StatusCode.Should().Be(200);
        response.Supported.Should().NotContain("gruu");
        var contact = response.Contacts!.Addresses.Should().ContainSingle().Subject;
        contact.Parameters.Select(p => p.Name).Should().NotContain("pub-gruu").And.NotContain("temp-gruu");
        contact.Uri.ToString().Should().Be(phone.Contact);
        (await phone.BindAsync(";expires=300" + Instance, "Require: gruu")).StatusCode.Should().Be(420);
    }

    private async Task<IEnumerable<string>> RejectedAsync()
    {
        using var admin = fixture.Gateway.AdminClient();
        return (await admin.GetStringAsync("/metrics")).Split('\n')
            .Where(l => l.Contains("error_type", StringComparison.Ordinal) && !l.Contains("error_type=\"none\"", StringComparison.Ordinal) && l.Contains("sip", StringComparison.Ordinal))
            .Select(l => l.Split(' ')[0] + " " + l.Split(' ')[1]).ToList();
    }
}
