using System.Net;
using SipGateway.Journeys.Tests.Running;
using SipGateway.PhoneSimulator;
using static SipGateway.Journeys.Tests.Running.GatewayWithPhones;
using static SipGateway.Journeys.Tests.Attacks.AttackedGateway;

namespace SipGateway.Journeys.Tests.Attacks;

/// <summary>Another organisation, and a stranger who mails his pairing code: neither gets a phone, a line or a user that is somebody else's.</summary>
[Collection(AttackedGateways.Name)]
public sealed class TakeoverAttackTests(AttackedGateway gateway)
{
    [Fact]
    public async Task TwoTenantsOneMac_TheDialledCodeDecides_AndAPhoneInServiceIsNotDisturbed()
    {
        const string mac = "001565aacc01";
        var codeOfOther = await gateway.CodeAsync(Other, mac);
        var codeOfOwner = await gateway.CodeAsync(Owner, mac);
        await using var phone = await gateway.PhoneAsync(mac);
        await using var foreign = await gateway.PhoneAsync(mac);

        // The code decides, not who claimed first.
        await EnrolAsync(phone, codeOfOwner);
        (await StateAsync(Owner, mac)).Should().Be("WAITING_FOR_SIGN_IN");
        (await StateAsync(Other, mac)).Should().Be("WAITING_ON_ACTIVATION");
        var user = UserOf(phone);

        // The other's code on another phone with this MAC, then on the phone itself.
        (await foreign.DialAsync($"*55*{codeOfOther}")).Reason.Should().Be("Phone is in use");
        (await phone.DialAsync($"*55*{codeOfOther}")).Reason.Should().Be("Phone is in use");
        (await AlertsAsync(Owner, mac)).Should().Contain("Another organisation's code");
        (await gateway.KindsAsync(Owner, mac)).Should().Contain("enrollment.conflict");

        // A sign-in by a person who belongs to whoever he says.
        await SetPersonalSignInAsync("ANY");
        var page = await foreign.PressSignInKeyAsync();
        page.PairingCode.Should().BeNull();
        page.ToString().Should().Contain("in service");
        (await AlertsAsync(Owner, mac)).Should().Contain("A sign-in was tried on another phone");
        (await gateway.KindsAsync(Owner, mac)).Should().Contain("signin.conflict");
        (await AlertsAsync(Other, mac)).Should().Be("", "it is no business of the other's");

        await foreign.PowerCycleAsync();
        UserOf(foreign).Should().StartWith("c");
        await phone.PowerCycleAsync();
        UserOf(phone).Should().Be(user, "nothing of it touched the phone in service");
        (await StateAsync(Other, mac)).Should().Be("WAITING_ON_ACTIVATION");

        // Released by its owner, it is free for the other; and for its code alone.
        await gateway.Admin.DeleteAsync($"{Owner}/devices/{mac}");
        await EnrolAsync(foreign, codeOfOther);
        (await StateAsync(Other, mac)).Should().Be("WAITING_FOR_SIGN_IN");
    }

    [Fact]
    public async Task PairingCode_MailedToSomebodyElse_ShowsWhosePhoneItIsAndANoLeavesNothing()
    {
        const string mac = "001565aaccd7";
        await SetPersonalSignInAsync("ANY");
        await using var attacker = await gateway.PhoneAsync(mac);
        var screen = await attacker.ReadPairingCodeAsync();

        var (question, hasPassword, end) = await ChromiumUser.RefuseAsync(screen.SignInUrl!, screen.PairingCode!);

        question.Should().Contain("Is this phone in front of you?").And.Contain("T46U").And.Contain("CC:D7").And.Contain("127.0.22.");
        question.Should().NotContain("001565", "the rest of the MAC is nobody's business");
        hasPassword.Should().BeFalse("first the question, then a password");
        end.Should().Contain("Sign-in was stopped");
        await Eventually.GetAsync(
            () => attacker.PressSignInKeyAsync(), s => s.PairingCode != screen.PairingCode, Patience, "the end of the sign-in on the attacker's phone");
        UserOf(attacker).Should().StartWith("c");
        (await gateway.Admin.TryAsync(HttpMethod.Get, $"{Owner}/devices/{mac}")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("{{SipPassword}}")]
    [InlineData("a\r\nb")]
    [InlineData("a\u2028b")]
    [InlineData("<!DOCTYPE x>")]
    [InlineData("a\"b")]
    [InlineData("../globex")]
    [InlineData("%00")]
    [InlineData("a\0b")]
    public async Task NamesWithAGrammar_HostileOverRest_AreRefused(string text)
    {
        var asked = new (string Path, object Body)[]
        {
            ("/v1/tenants", new { tenantId = text }), ($"{Owner}/users", new { userId = text }), ($"{Owner}/users", new { userId = "x", phoneNumber = text }),
            ($"{Owner}/policies", new { policyId = text }), ($"{Owner}/policies", new { policyId = "p1", ntpServer = text }),
            ($"{Owner}/policies", new { policyId = "p2", settings = new Dictionary<string, string> { [text] = "1" } }),
            ($"{Owner}/sites", new { siteId = text }), ($"{Owner}/devices", new { mac = text }), ($"{Owner}/devices", new { mac = "001565aacc02", site = text }),
        };
        foreach (var (path, body) in asked)
        {
            var (status, answer) = await gateway.Admin.TryAsync(HttpMethod.Post, path, body);
            status.Should().Be(HttpStatusCode.BadRequest, "{0} of {1} said {2}", body, path, answer);
        }

        if (!text.Any(char.IsControl)) return;
        var (located, _) = await gateway.Admin.TryAsync(HttpMethod.Post, $"{Owner}/devices", new { mac = "001565aacc03", location = text });
        located.Should().Be(HttpStatusCode.BadRequest);
    }

    private async Task SetPersonalSignInAsync(string whose)
    {
        await gateway.Admin.PatchAsync($"{Owner}?updateMask=settings.personalSignIn", new { settings = new { personalSignIn = whose } });
        await Eventually.GetAsync(
            async () => (string?)(await gateway.Admin.GetAsync(Owner))["settings"]!["personalSignIn"], s => s == whose, Patience, "the tenant's choice");
    }

    private async Task<string> StateAsync(string tenant, string mac) => (string)(await gateway.Admin.GetAsync($"{tenant}/devices/{mac}"))["state"]!;

    private async Task<string> AlertsAsync(string tenant, string mac) =>
        string.Join(' ', ((await gateway.Admin.GetAsync($"{tenant}/devices/{mac}"))["alerts"]?.AsArray() ?? []).Select(alert => (string)alert!));
}
