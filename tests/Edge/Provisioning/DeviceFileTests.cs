using System.Collections.Immutable;
using SipGateway.Edge.Tests.Sip;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>What a device in service gets under its own address, and nobody else.</summary>
public sealed class DeviceFileTests(EdgeFixture edge) : ProvisioningTest(edge)
{
    [Fact]
    public async Task Device_SignedIn_IsTheGoldenOne()
    {
        var path = InService();

        Golden.Check("device.cfg.txt", (await GetAsync($"{path}{Mac}.cfg", isSecure: true)).Text, Server);
    }

    [Fact]
    public async Task Device_FilesOfTheBootOrder_AskTheGrainOnceEach()
    {
        var path = InService();

        foreach (var file in new[] { $"{Mac}.boot", "y000000000066.cfg", $"{Mac}.cfg" })
        {
            (await GetAsync(path + file, isSecure: true)).Status.Should().Be(200);
        }

        Script.Fetches.Select(f => f.File).Should().Equal(ConfigFile.Boot, ConfigFile.Common, ConfigFile.Device);
        Script.Fetches.Should().AllSatisfy(f => f.TokenRandom.Should().Be(Script.Config!.ConfigTokenRandom));
    }

    [Fact]
    public async Task Device_AskedAgain_GivesTheSameBytesAndTag()
    {
        var path = $"{InService()}{Mac}.cfg";

        var one = await GetAsync(path, isSecure: true);
        var other = await GetAsync(path, isSecure: true);

        other.Text.Should().Be(one.Text);
        other.Headers["ETag"].Should().Be(one.Headers["ETag"]);
        one.Headers["Cache-Control"].Should().Be("no-store");
    }

    [Fact]
    public async Task Device_WithItsTag_Is304AndChangedIs200()
    {
        var path = $"{InService()}{Mac}.cfg";
        var tag = (await GetAsync(path, isSecure: true)).Headers["ETag"];

        (await Server.GetAsync(path, UserAgent(Mac), true, null, ("If-None-Match", tag))).Status.Should().Be(304);
        Script.Config = ProvisioningScript.ConfigOf("Bob Brown");
        (await Server.GetAsync(path, UserAgent(Mac), true, null, ("If-None-Match", tag))).Status.Should().Be(200);
    }

    [Fact]
    public async Task Device_OverPlainHttp_GetsTheBootstrapOnly()
    {
        var path = InService();

        var file = await GetAsync($"{path}{Mac}.cfg");

        file.Status.Should().Be(200);
        file.Text.Should().NotContain("SECRET-OF-THE-LINE").And.NotContain("Alice");
        Candidate.FromSipUser(Edge.Ring, file["account.1.user_name"])!.Mac.Should().Be(Mac);
    }

    [Fact]
    public async Task Device_WithARevokedToken_GetsABootstrapOfItsMac()
    {
        InService();
        var old = new DeviceToken(Mac, "99999999999999999999999999999999").Format(Edge.Ring, DeviceTokenKind.Config);

        var file = await GetAsync($"/d/{old}/{Mac}.cfg", isSecure: true);

        file.Status.Should().Be(200);
        Candidate.FromSipUser(Edge.Ring, file["account.1.user_name"])!.Mac.Should().Be(Mac);
        file.Text.Should().NotContain("SECRET-OF-THE-LINE");
    }

    [Theory]
    [InlineData("invented")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%20%0A%ff")]
    public async Task Device_WithAnInventedToken_GetsABootstrapAndWakesNoGrain(string token)
    {
        InService();

        var file = await GetAsync($"/d/{token}/{Mac}.cfg", isSecure: true);

        file.Status.Should().Be(200);
        file.Text.Should().NotContain("SECRET-OF-THE-LINE");
        Script.Fetches.Should().BeEmpty();
    }

    [Fact]
    public async Task Device_ScreenTokenAsConfigToken_YieldsNoSecret()
    {
        InService();
        var screen = new DeviceToken(Mac, Script.Config!.ScreenTokenRandom).Format(Edge.Ring, DeviceTokenKind.Screen);

        (await GetAsync($"/d/{screen}/{Mac}.cfg", isSecure: true)).Text.Should().NotContain("SECRET-OF-THE-LINE");
        Script.Fetches.Should().BeEmpty();
    }

    [Fact]
    public async Task Device_TokenUnderAnotherMac_GivesThatMacABootstrap()
    {
        var path = InService();
        var other = EdgeFixture.NewMac();

        var file = await Server.GetAsync($"{path}{other}.cfg", UserAgent(other), isSecure: true);

        Candidate.FromSipUser(Edge.Ring, file["account.1.user_name"])!.Mac.Should().Be(other);
        Script.Fetches.Should().BeEmpty();
    }

    [Fact]
    public async Task Device_DisplayNameWithLineEnds_StaysOnItsLine()
    {
        var path = InService(ProvisioningScript.ConfigOf("Eve\r\naccount.1.password = stolen\0\u2028x = y\nz\u0085q"));

        var file = await GetAsync($"{path}{Mac}.cfg", isSecure: true);

        file["account.1.password"].Should().Be("SECRET-OF-THE-LINE");
        file.Text.Split('\n').Skip(1).SkipLast(1).Should().AllSatisfy(l => l.Should().MatchRegex(@"^[a-z0-9._]+ = .+$"));
        file.Text.Should().NotContain("\r").And.NotContain("\0").And.NotContain("\u2028").And.NotContain("\u0085");
    }

    [Theory]
    [InlineData("ok.key", "a\nb = c", "ok.key = a b = c")]
    [InlineData("ok.key", "{{SipPassword}}", "ok.key = {{SipPassword}}")]
    [InlineData("ok.key", "<&\">", "ok.key = <&\">")]
    public async Task Device_Setting_IsWrittenAsItIs(string key, string value, string line)
    {
        var path = InService(ProvisioningScript.ConfigOf(policy: Policy((key, value))));

        (await GetAsync($"{path}{Mac}.cfg", isSecure: true)).Text.Split('\n').Should().Contain(line);
    }

    [Theory]
    [InlineData("bad key")]
    [InlineData("bad\nkey")]
    [InlineData("key\n")]
    [InlineData("Bad")]
    [InlineData("#!version")]
    [InlineData("")]
    public async Task Device_SettingWithAKeyNoPhoneHas_IsLeftOut(string key)
    {
        var path = InService(ProvisioningScript.ConfigOf(policy: Policy((key, "hostile-value"))));

        (await GetAsync($"{path}{Mac}.cfg", isSecure: true)).Text.Should().NotContain("hostile-value");
    }

    [Fact]
    public async Task Device_LanguageOfTheUrl_CountsWhereThePolicyHasOnlyTheDefault()
    {
        var path = "/lang_es" + InService(ProvisioningScript.ConfigOf(policy: Policy()));

        var file = await GetAsync($"{path}{Mac}.cfg", isSecure: true);

        file["lang.gui"].Should().Be("Spanish");
        new Uri(file["static.auto_provision.server.url"]).AbsolutePath.Should().Be(path);
    }

    [Theory]
    [InlineData("Europe/Berlin", "+1", "Germany(Berlin)")]
    [InlineData("America/New_York", "-5", "United States-Eastern Time")]
    [InlineData("Asia/Kolkata", "+5:30", "%NULL%")]
    [InlineData("America/St_Johns", "-3:30", "%NULL%")]
    [InlineData("UTC", "0", "%NULL%")]
    [InlineData("Mars/Olympus", "0", "%NULL%")]
    public void TimeZone_IsToldAsYealinkWantsIt(string zone, string offset, string name)
    {
        YealinkTimeZones.OffsetOf(zone).Should().Be(offset);
        YealinkTimeZones.NameOf(zone).Should().Be(name);
    }

    private static EffectivePolicy Policy(params (string Key, string Value)[] settings) => new()
    {
        Settings = settings.ToImmutableSortedDictionary(s => s.Key, s => s.Value),
    };
}
