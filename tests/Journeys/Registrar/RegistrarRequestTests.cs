using System.Text.RegularExpressions;
using SipGateway.Sip;

namespace SipGateway.Journeys.Tests.Registrar;

/// <summary>Who may ask for what (RFC 3261 §8.1.1, §8.2, §10.3 steps 1 to 5, §22).</summary>
[Collection(RegistrarRules.Name)]
public sealed class RegistrarRequestTests(RegistrarFixture fixture)
{
    [Theory, Trait("rule", "R01")]
    [InlineData("REGISTER", "sip:127.0.0.1", "Contact: <sip:a@127.0.0.1>\r\nContact: *")]
    [InlineData("REGISTER", "sip:127.0.0.1", "Contact: <sip:broken")]
    [InlineData("REGISTER", "sip:127.0.0.1", "Authorization: Digest nonsense")]
    [InlineData("REGISTER", "sip:127.0.0.1", "Require: a b")]
    [InlineData("REGISTER", "http://127.0.0.1", "Expires: 1")]
    [InlineData("REGISTER", "sip:127.0.0.1?x=y", "Expires: 1")]
    [InlineData("INVITE", "sip:nobody@127.0.0.1", "Contact: <sip:a@127.0.0.1>")]
    [InlineData("INVITE", "sip:nobody@elsewhere.example", "Contact: <sip:a@127.0.0.1>")]
    public async Task Refusal_OfAnything_IsNoGlobalFailure(string method, string uri, string header)
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        (await phone.AskAsync(phone.Request(method, [header], uri))).StatusCode.Should().BeInRange(400, 599);
    }

    [Fact, Trait("rule", "R02")]
    public async Task RecordRoute_Sent_IsNotReturned()
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        var response = await phone.BindAsync(";expires=300", "Record-Route: <sip:proxy.example;lr>");
        response.StatusCode.Should().Be(200);
        response.CountOf(SipHeaderName.RecordRoute).Should().Be(0);
    }

    [Theory, Trait("rule", "R05")]
    [InlineData("sip:other.example")]
    [InlineData("sip:127.0.0.2")]
    public async Task RequestUri_OfAnotherDomain_IsNotRelayed(string uri)
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        (await phone.AskAsync(phone.Request("REGISTER", [$"Contact: <{phone.Contact}>"], uri))).StatusCode.Should().Be(404);
        var authorization = phone.Authorization(await phone.ChallengeAsync(), uri: uri);
        (await phone.AskAsync(phone.Request("REGISTER", [authorization, $"Contact: <{phone.Contact}>"], uri))).StatusCode.Should().Be(404);
        (await phone.BindingsAsync()).Should().NotContain(b => b.Uri.ToString() == phone.Contact);
    }

    [Fact, Trait("rule", "R06")]
    public async Task Require_KnownAndUnknown_NamesTheUnknown()
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        var response = await phone.AskAsync(phone.Request("REGISTER", ["Require: path, gruu, outbound", "Require: foo"]));
        response.StatusCode.Should().Be(420);
        response.GetText(SipHeaderName.Unsupported).Should().Be("gruu, foo");
    }

    [Fact, Trait("rule", "R08")]
    public async Task Credentials_OfAnother_BindNothingAndAreTold()
    {
        using var bob = await RawPhone.OpenAsync(fixture, fixture.Bob);
        (await bob.BindAsync()).StatusCode.Should().Be(200);
        using var alice = await RawPhone.OpenAsync(fixture);
        alice.To = bob.To;

        // At most one line a second is written for all phones together, and another test may just have caused one.
        var line = new Regex("Security: .*001565ab0001.*" + alice.Wire.Local.Port);
        for (var tries = 0; tries < 40 && !line.IsMatch(fixture.Gateway.Output); tries++)
        {
            (await alice.BindAsync()).StatusCode.Should().Be(403);
            await Task.Delay(100);
        }

        fixture.Gateway.Output.Should().MatchRegex(line);
        (await bob.BindingsAsync()).Should().ContainSingle().Which.Uri.ToString().Should().Be(bob.Contact);
    }

    [Theory, Trait("rule", "R09")]
    [InlineData("other.example")]
    [InlineData("127.0.0.2")]
    public async Task To_OfAnotherDomain_Is404(string host)
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        phone.To = $"<sip:{fixture.Alice.User}@{host}>";
        (await phone.BindAsync()).StatusCode.Should().Be(404);
    }

    [Fact, Trait("rule", "R10")]
    public async Task To_EscapedAndWithParameters_IsTheSameAddress()
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        (await phone.BindAsync()).StatusCode.Should().Be(200);
        var user = fixture.Alice.User;
        using var escaped = await RawPhone.OpenAsync(fixture);
        escaped.To = $"<sip:%{(int)user[0]:x2}{user[1..]}@{fixture.Domain};user=phone>";
        var response = await escaped.RegisterAsync();
        response.StatusCode.Should().Be(200);
        response.Contacts!.Addresses.Should().ContainSingle().Which.Uri.ToString().Should().Be(phone.Contact);
    }

    [Theory, Trait("rule", "R10")]
    [InlineData("%00")]
    [InlineData("%2564")]
    public async Task To_WithOtherEscapes_IsNotMangledIntoTheAddress(string escape)
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        var user = fixture.Alice.User;
        phone.To = escape == "%00" ? $"<sip:{user}%00@{fixture.Domain}>" : $"<sip:{escape}{user[1..]}@{fixture.Domain}>";
        (await phone.BindAsync()).StatusCode.Should().Be(403);
    }

    [Theory, Trait("rule", "R24")]
    [InlineData("2147483648 REGISTER", 400)]
    [InlineData("4294967296 REGISTER", 400)]
    [InlineData("-1 REGISTER", 400)]
    [InlineData("1 INVITE", 400)]
    [InlineData("2147483647 REGISTER", 401)]
    [InlineData("0 REGISTER", 401)]
    public async Task CSeq_OutOfRangeOrOfAnotherMethod_Is400(string cseq, int status)
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        (await phone.AskAsync(phone.Request("REGISTER", [], cseq: cseq))).StatusCode.Should().Be(status);
    }

    [Fact, Trait("rule", "R25")]
    public async Task MaxForwards_ZeroToUs_IsServed()
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        (await phone.BindAsync(";expires=300", "Max-Forwards: 0")).StatusCode.Should().Be(200);
    }

    [Theory, Trait("rule", "R26")]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task SipsAddress_OverAnythingButTls_IsRefused(string transport)
    {
        using var phone = await RawPhone.OpenAsync(fixture, transport: transport);
        phone.To = phone.Address.Replace("sip:", "sips:", StringComparison.Ordinal);
        (await phone.BindAsync()).StatusCode.Should().Be(400);
        (await phone.BindingsAsync()).Should().NotContain(b => b.Uri.ToString() == phone.Contact);
    }

    [Fact, Trait("rule", "R33")]
    public async Task Answer_GoesToTheSource_AndSaysIt()
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        var response = await phone.AskAsync(phone.Request("REGISTER", [], via: "SIP/2.0/UDP phone.invalid:9;branch=z9hG4bKr33;rport"));
        response.TopVia!.Parameters["received"].Should().Be("127.0.0.1");
        response.TopVia.Parameters["rport"].Should().Be(phone.Wire.Local.Port.ToString());
        response.TopVia.Branch.Should().Be("z9hG4bKr33");
    }

    [Fact, Trait("rule", "R35")]
    public async Task Challenge_OffersMd5Alone_AndSkipsWhatItDoesNotKnow()
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        var challenge = await phone.ChallengeAsync();
        challenge.CountOf(SipHeaderName.WwwAuthenticate).Should().Be(1);
        challenge.GetText(SipHeaderName.WwwAuthenticate).Should().Contain("algorithm=MD5").And.Contain("qop=\"auth\"");
        var unknown = phone.Authorization(challenge, algorithm: "SHA-512-256");
        (await phone.AskAsync(phone.Request("REGISTER", [unknown]))).StatusCode.Should().Be(401);
        var foreign = "Authorization: Digest username=\"a\", realm=\"elsewhere\", nonce=\"n\", uri=\"sip:x\", response=\"00\"";
        (await phone.AskAsync(phone.Request("REGISTER", [foreign, phone.Authorization(challenge)]))).StatusCode.Should().Be(200);
        var better = phone.Authorization(await phone.ChallengeAsync(), algorithm: "SHA-256");
        (await phone.AskAsync(phone.Request("REGISTER", [better]))).StatusCode.Should().Be(200);
    }

    [Theory, Trait("rule", "R37")]
    [InlineData("sip:other.example", "REGISTER", 401)]
    [InlineData("sip:somebody@127.0.0.1", "REGISTER", 401)]
    [InlineData("sip:127.0.0.1", "INVITE", 401)]
    [InlineData("sip:127.0.0.1", "REGISTER", 200)]
    public async Task DigestUri_OfAnotherTargetOrMethod_IsNotAccepted(string uri, string method, int status)
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        var authorization = phone.Authorization(await phone.ChallengeAsync(), uri: uri, method: method);
        (await phone.AskAsync(phone.Request("REGISTER", [authorization]))).StatusCode.Should().Be(status);
    }

    [Fact, Trait("rule", "R36")]
    public async Task NonceCount_ThatDoesNotRise_IsRefused()
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        var challenge = await phone.ChallengeAsync();
        Task<SipResponse> Ask(uint count) => phone.AskAsync(phone.Request("REGISTER", [phone.Authorization(challenge, count)]));
        (await Ask(2)).StatusCode.Should().Be(200);
        (await Ask(3)).StatusCode.Should().Be(200);
        foreach (var used in new uint[] { 3, 1 })
        {
            var refused = await Ask(used);
            refused.StatusCode.Should().Be(401);
            refused.GetText(SipHeaderName.WwwAuthenticate).Should().Contain("stale=true");
        }
    }
}
