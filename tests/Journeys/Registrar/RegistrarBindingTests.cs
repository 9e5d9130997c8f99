using System.Globalization;
using System.Text;
using SipGateway.Sip;

namespace SipGateway.Journeys.Tests.Registrar;

/// <summary>What a REGISTER does to the bindings (RFC 3261 §10.3 steps 6 to 8).</summary>
[Collection(RegistrarRules.Name)]
public sealed class RegistrarBindingTests(RegistrarFixture fixture)
{
    [Fact, Trait("rule", "R03")]
    public async Task Requests_PipelinedOnAConnection_AreServedInTheirOrder()
    {
        using var phone = await RawPhone.OpenAsync(fixture, transport: "TCP");
        var challenge = await phone.ChallengeAsync();
        var requests = Enumerable.Range(1, 8).Select(i => phone.Request(
            "REGISTER", [phone.Authorization(challenge, (uint)i), $"Contact: <{phone.Contact};n={i}>;expires=300"]));
        await phone.Wire.SendAsync(Encoding.UTF8.GetBytes(string.Concat(requests)));
        for (var i = 0; i < 8; i++)
        {
            (await phone.Wire.FinalAsync()).StatusCode.Should().Be(200);
        }

        (await phone.BindingsAsync()).Should().ContainSingle().Which.Uri.ToString().Should().Be(phone.Contact + ";n=8");
    }

    [Theory, Trait("rule", "R04")]
    [InlineData("<sip:second@127.0.0.1:9>;expires=5", 423)]
    [InlineData("<sip:second@127.0.0.1:9>;q=7", 400)]
    [InlineData("<http://second.example>", 400)]
    public async Task Contacts_OneOfThemBad_BindNothing(string second, int status)
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        (await phone.BindAsync()).StatusCode.Should().Be(200);
        var first = $"Contact: <sip:first@127.0.0.1:9>;expires=300, {second}";
        (await phone.RegisterAsync(first)).StatusCode.Should().Be(status);
        (await phone.BindingsAsync()).Should().ContainSingle().Which.Uri.ToString().Should().Be(phone.Contact);
    }

    [Fact, Trait("rule", "R12")]
    public async Task Star_OfAnotherCallId_Removes_AndAnOldOneOfTheSameDoesNot()
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        phone.CSeq = 100;
        (await phone.BindAsync()).StatusCode.Should().Be(200);
        phone.CSeq = 50;
        (await phone.RegisterAsync("Contact: *", "Expires: 0")).StatusCode.Should().Be(400);
        using var other = await RawPhone.OpenAsync(fixture);
        (await other.RegisterAsync("Contact: *", "Expires: 0")).StatusCode.Should().Be(200);
        (await phone.BindingsAsync()).Should().BeEmpty();
    }

    [Fact, Trait("rule", "R12")]
    public async Task Star_WithOldCSeq_LeavesTheBindings()
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        phone.CSeq = 100;
        (await phone.BindAsync()).StatusCode.Should().Be(200);
        phone.CSeq = 50;
        (await phone.RegisterAsync("Contact: *", "Expires: 0")).StatusCode.Should().Be(400);
        (await phone.BindingsAsync()).Should().ContainSingle().Which.Uri.ToString().Should().Be(phone.Contact);
    }

    [Theory, Trait("rule", "R15")]
    [InlineData("4294967295")]
    [InlineData("99999999999999999999")]
    [InlineData("7200")]
    public async Task Expires_BeyondTheMost_IsShortenedOnce(string asked)
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        var granted = (await phone.BindAsync(string.Empty, $"Expires: {asked}")).Contacts!.Addresses.Single().ExpiresSeconds();
        granted.Should().BeInRange(3240, 3600);
        (await phone.BindAsync($";expires={granted}")).Contacts!.Addresses.Single().ExpiresSeconds().Should().Be(granted);
    }

    [Theory, Trait("rule", "R16")]
    [InlineData("sip:%61l@Phone.Example:5070;b=2;a=1", "sip:al@phone.example:5070;A=1;B=2", true)]
    [InlineData("sip:al@phone.example:5070;line=1", "sip:al@phone.example:5070", true)]
    [InlineData("sip:al@phone.example:5070;line=1", "sip:al@phone.example:5070;line=2", false)]
    [InlineData("sip:al@phone.example;transport=tcp", "sip:al@phone.example", false)]
    [InlineData("sip:al@phone.example", "sip:al@phone.example:5060", false)]
    [InlineData("sip:al@phone.example", "sip:Al@phone.example", false)]
    public async Task Contact_IsFoundAgain_ByTheRulesForUris(string bound, string removed, bool isSame)
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        phone.Contact = bound;
        (await phone.BindAsync()).Contacts!.Addresses.Should().ContainSingle().Which.Uri.ToString().Should().Be(bound);
        phone.Contact = removed;
        (await phone.BindAsync(";expires=0")).Contacts!.Addresses.Should().HaveCount(isSame ? 0 : 1);
    }

    [Theory, Trait("rule", "R17")]
    [InlineData(41)]
    [InlineData(0)]
    public async Task CSeq_BelowTheLast_BindsNothing(int lower)
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        phone.CSeq = 41;
        (await phone.BindAsync()).StatusCode.Should().Be(200);
        var challenge = await phone.ChallengeAsync();
        phone.CSeq = (uint)lower;
        var older = phone.Request("REGISTER", [phone.Authorization(challenge), "Contact: <sip:older@127.0.0.1:9>;expires=300"]);
        (await phone.AskAsync(older)).StatusCode.Should().Be(400);
        (await phone.BindingsAsync()).Should().ContainSingle().Which.Uri.ToString().Should().Be(phone.Contact);
    }

    [Fact, Trait("rule", "R18"), Trait("rule", "R36")]
    public async Task Repetition_OnAnotherFlowAndAfterACrash_GetsTheFirstAnswer_AndAReplayNone()
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        var challenge = await phone.ChallengeAsync();
        var authorization = phone.Authorization(challenge);
        var request = phone.Request("REGISTER", [authorization, $"Contact: <{phone.Contact}>;expires=300"]);
        (await phone.AskAsync(request)).StatusCode.Should().Be(200);
        (await phone.AskAsync(request)).StatusCode.Should().Be(200);
        await RepeatedAsync();
        await fixture.CrashAsync();
        await RepeatedAsync();

        async Task RepeatedAsync()
        {
            using var elsewhere = await RawPhone.OpenAsync(fixture);
            var again = await elsewhere.AskAsync(request);
            again.StatusCode.Should().Be(200);
            again.Contacts!.Addresses.Should().ContainSingle().Which.Uri.ToString().Should().Be(phone.Contact);

            using var thief = await RawPhone.OpenAsync(fixture, transport: "TCP");
            var replay = await thief.AskAsync(thief.Request("REGISTER", [authorization, "Contact: <sip:thief@127.0.0.1:9>"]));
            replay.StatusCode.Should().Be(401);
            replay.GetText(SipHeaderName.WwwAuthenticate).Should().Contain("stale=true");
            (await phone.BindingsAsync()).Should().ContainSingle().Which.Uri.ToString().Should().Be(phone.Contact);
        }
    }

    [Fact, Trait("rule", "R20"), Trait("rule", "R21")]
    public async Task Answer_ListsAllBindingsWithTheirExpiry_AndTellsTheTime()
    {
        using var phone = await RawPhone.OpenAsync(fixture, transport: "TCP");
        foreach (var id in new[] { 1, 2 })
        {
            phone.Contact = $"sip:flow{id}@127.0.0.1:9";
            var parameters = $";expires=300;reg-id={id};+sip.instance=\"<urn:uuid:r20>\"";
            (await phone.BindAsync(parameters, "Supported: outbound")).StatusCode.Should().Be(200);
        }

        var response = await phone.RegisterAsync();
        response.Contacts!.Addresses.Select(a => a.Uri.ToString()).Should().BeEquivalentTo("sip:flow1@127.0.0.1:9", "sip:flow2@127.0.0.1:9");
        response.Contacts.Addresses.Should().OnlyContain(a => a.ExpiresSeconds() > 290 && a.ExpiresSeconds() <= 300);
        var date = response.GetText(SipHeaderName.Date)!;
        date.Should().EndWith(" GMT");
        DateTimeOffset.ParseExact(date, "R", CultureInfo.InvariantCulture).Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromSeconds(5));
    }

    [Fact, Trait("rule", "R22")]
    public async Task Unregister_Twice_SucceedsTwice()
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        (await phone.BindAsync()).StatusCode.Should().Be(200);
        for (var i = 0; i < 2; i++)
        {
            var response = await phone.BindAsync(";expires=0");
            response.StatusCode.Should().Be(200);
            response.Contacts!.Addresses.Should().BeEmpty();
        }
    }

    [Theory, Trait("rule", "R23")]
    [InlineData("1.001", 400)]
    [InlineData("2", 400)]
    [InlineData("-0.1", 400)]
    [InlineData("NaN", 400)]
    [InlineData("0,5", 400)]
    [InlineData("0.1234", 400)]
    [InlineData("0.5", 200)]
    [InlineData("1.000", 200)]
    public async Task Q_OutsideItsGrammar_IsNeverStored(string q, int status)
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        (await phone.BindAsync($";q={q};expires=300")).StatusCode.Should().Be(status);
        var bindings = await phone.BindingsAsync();
        bindings.Any(b => b.Uri.ToString() == phone.Contact && b.Parameters["q"] == q).Should().Be(status == 200);
    }

    [Fact, Trait("rule", "R34")]
    public async Task Contact_OfTheSameCredential_ReplacesTheOlder()
    {
        using var first = await RawPhone.OpenAsync(fixture);
        (await first.BindAsync()).StatusCode.Should().Be(200);
        using var second = await RawPhone.OpenAsync(fixture);
        (await second.BindAsync()).StatusCode.Should().Be(200);
        (await first.BindingsAsync()).Should().ContainSingle().Which.Uri.ToString().Should().Be(second.Contact);
    }
}
