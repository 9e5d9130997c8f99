using SipGateway.Journeys.Tests.Running;
using SipGateway.PhoneSimulator;
using static SipGateway.Journeys.Tests.Running.GatewayWithPhones;
using static SipGateway.Journeys.Tests.Attacks.AttackedGateway;

namespace SipGateway.Journeys.Tests.Attacks;

/// <summary>Strangers with the right MAC at the keypad: in a race for a code, guessing, and with the codes of features.</summary>
[Collection(AttackedGateways.Name)]
public sealed class CodeAttackTests(AttackedGateway gateway)
{
    private const int Races = 5;

    [Fact]
    public async Task TwoCandidates_OneCodeAtOneInstant_ExactlyOneIsPromoted() =>
        await Task.WhenAll(Enumerable.Range(0, Races).Select(n => RaceAsync($"001565aaca0{n}")));

    [Fact]
    public async Task FiveWrongCodes_ByAStranger_EndThatCandidateAndNoOther()
    {
        const string mac = "001565aacb01";
        await using var phone = await gateway.PhoneAsync(mac);
        await using var stranger = await gateway.PhoneAsync(mac);
        var code = await gateway.CodeAsync(Owner, mac);
        var wrong = (code[0] == '0' ? '1' : '0') + code[1..];

        for (var i = 0; i < 5; i++) (await RefusalAsync(stranger, $"*55*{wrong}")).Should().Be("Wrong code");

        (await RefusalAsync(stranger, $"*55*{code}")).Should().Be("Too many wrong codes");
        await EnrolAsync(phone, code);
        (await gateway.KindsAsync(Owner, mac)).Count(kind => kind == "enrollment.code_wrong").Should().Be(5);
    }

    [Fact]
    public async Task FeatureCodes_FromACandidate_AreRefusedAndChangeNothing()
    {
        const string mac = "001565aacb02";
        var user = $"{Owner}/users/alice";
        await using var phone = await gateway.PhoneAsync(mac);
        await EnrolAsync(phone, await gateway.CodeAsync(Owner, mac));
        var before = phone.LastSequence;
        await gateway.Admin.PostAsync($"{Owner}/devices/{mac}:assignUser", new { user = "alice" });
        await phone.WaitForAsync<Registered>(registered => registered.Label == "Alice", Patience, before);
        await using var stranger = await gateway.PhoneAsync(mac);
        await using var nobody = await gateway.PhoneAsync("001565aacb03");
        foreach (var code in new[] { "*30*", "*33*493012345", "*34*493012346", "*35*493012347" })
            (await phone.DialAsync(code)).StatusCode.Should().Be(200, "the phone in service may");
        var settings = (await gateway.Admin.GetAsync(user)).ToJsonString();
        settings.Should().ContainAll("493012345", "493012346", "493012347");

        foreach (var code in new[] { "*30*", "*31*", "*32*", "*33*190012345", "*34*190012345", "*35*190012345", "*33*+190012345#", "*99*" })
        {
            foreach (var candidate in new[] { stranger, nobody })
                (await RefusalAsync(candidate, code)).Should().Be(code == "*99*" ? "No voicemail here" : "Sign in first", code);
        }

        (await gateway.Admin.GetAsync(user)).ToJsonString().Should().Be(settings, "neither set nor reset");
        (await gateway.Admin.TryAsync(HttpMethod.Get, $"{Owner}/devices/001565aacb03")).Status.Should().Be(System.Net.HttpStatusCode.NotFound);
    }

    private static async Task<string> RefusalAsync(SimulatedPhone phone, string digits)
    {
        var call = await phone.DialAsync(digits);
        call.StatusCode.Should().Be(403, digits);
        return call.Reason;
    }

    private async Task RaceAsync(string mac)
    {
        await using var one = await gateway.PhoneAsync(mac);
        await using var other = await gateway.PhoneAsync(mac);
        var code = await gateway.CodeAsync(Owner, mac);
        SimulatedPhone[] racers = [one, other];
        var marks = racers.Select(racer => racer.LastSequence).ToArray();

        var calls = await Task.WhenAll(racers.Select(racer => Task.Run(() => racer.DialAsync($"*55*{code}"))));

        calls.Select(call => call.StatusCode).Should().BeEquivalentTo([200, 403], "exactly one is promoted");
        var first = Array.FindIndex(calls, call => call.IsAnswered);
        await OwnAsync(racers[first], marks[first]);
        await racers[1 - first].ResyncAsync();
        await racers[1 - first].PowerCycleAsync();
        UserOf(racers[1 - first]).Should().StartWith("c", "it stays a candidate, whatever it fetches");
        UserOf(racers[first]).Should().StartWith("d");
        await gateway.Admin.DeviceInStateAsync(Owner, mac, "WAITING_FOR_SIGN_IN", Patience);
    }
}
