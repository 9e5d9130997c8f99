using System.Diagnostics;
using SipGateway.Edge.Tests.Sip;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>What a phone gets by its MAC alone.</summary>
public sealed class BootstrapTests(EdgeFixture edge) : ProvisioningTest(edge)
{
    [Fact]
    public async Task Bootstrap_DeviceFile_IsTheGoldenOne() => Golden.Check("bootstrap.cfg.txt", (await BootstrapAsync()).Text, Server);

    [Fact]
    public async Task Bootstrap_BootFile_IsTheGoldenOne() => Golden.Check("boot.txt", (await GetAsync($"/{Mac}.boot")).Text, Server, Mac);

    [Fact]
    public async Task Bootstrap_CommonFile_IsTheGoldenOne() => Golden.Check("common.cfg.txt", (await GetAsync("/y000000000066.cfg")).Text, Server);

    [Fact]
    public async Task Bootstrap_GenericBootFile_NamesTheMacOfTheUserAgent() =>
        (await GetAsync("/y000000000000.boot")).Text.Should().Contain($"include:config \"{Mac}.cfg\"");

    [Fact]
    public async Task Bootstrap_CarriesACandidateOfThisMac_AndASecretThatFits()
    {
        var file = await BootstrapAsync();

        file["account.1.auth_name"].Should().Be(file["account.1.user_name"]);
        var candidate = Candidate.FromSipUser(Edge.Ring, file["account.1.user_name"])!;
        candidate.Mac.Should().Be(Mac);
        Candidate.SipSecret(Edge.Ring, file["account.1.user_name"]).Should().Be(file["account.1.password"]);
        Candidate.FromToken(Edge.Ring, TokenOf(file["static.auto_provision.server.url"])).Should().Be(candidate);
        Candidate.FromScreenToken(Edge.Ring, TokenOf(file["programablekey.1.value"])).Should().Be(candidate);
    }

    [Fact]
    public async Task Bootstrap_AskedAgain_MintsAnotherCandidate()
    {
        var one = await BootstrapAsync();
        var other = await BootstrapAsync();

        other["account.1.user_name"].Should().NotBe(one["account.1.user_name"]);
        other["account.1.password"].Should().NotBe(one["account.1.password"]);
    }

    [Fact]
    public async Task Bootstrap_WakesNoGrain()
    {
        await BootstrapAsync();
        await GetAsync($"/{Mac}.boot");
        await GetAsync("/y000000000066.cfg");

        Script.Fetches.Should().BeEmpty();
    }

    [Fact]
    public async Task Bootstrap_OfADeviceInService_HasTheShapeOfAnUnknownOnes()
    {
        InService();
        var stranger = EdgeFixture.NewMac();

        var known = await BootstrapAsync();
        var unknown = await Server.GetAsync($"/{stranger}.cfg", UserAgent(stranger));

        Golden.Normalize(known.Text, Server).Should().Be(Golden.Normalize(unknown.Text, Server));
        known.Text.Length.Should().Be(unknown.Text.Length);
        known.Headers.Keys.Should().BeEquivalentTo(unknown.Headers.Keys);
        known.Text.Should().NotContain("SECRET-OF-THE-LINE").And.NotContain("Alice");
    }

    [Fact]
    public async Task Candidate_OwnAddress_GivesTheSameBytesAgain()
    {
        var first = await BootstrapAsync();
        var url = first["static.auto_provision.server.url"];

        var second = await GetAsync($"{url}{Mac}.cfg");
        var third = await GetAsync($"{url}{Mac.ToUpperInvariant()}.CFG");

        second.Status.Should().Be(200);
        second.Text.Should().Be(first.Text);
        third.Text.Should().Be(first.Text);
        Script.Fetches.Should().HaveCount(2).And.AllSatisfy(f =>
        {
            f.Candidate!.Id.Should().Be(Candidate.FromToken(Edge.Ring, TokenOf(url))!.Id);
            f.TokenRandom.Should().BeNull();
            f.IsSecure.Should().BeFalse();
            f.Phone.Model.Should().Be("T46S");
            System.Net.IPEndPoint.Parse(f.Source).Address.Should().Be(System.Net.IPAddress.Loopback);
        });
    }

    [Fact]
    public async Task Bootstrap_NamesTheSchemeItCameOver_AndTheScreenOverTls()
    {
        var plain = await BootstrapAsync();
        var secure = await GetAsync($"/{Mac}.cfg", isSecure: true);

        plain["static.auto_provision.server.url"].Should().StartWith($"http://127.0.0.1:{Server.HttpPort}/d/");
        secure["static.auto_provision.server.url"].Should().StartWith($"https://127.0.0.1:{Server.HttpsPort}/d/");
        plain["programablekey.1.value"].Should().StartWith("https://");
    }

    [Fact]
    public async Task Bootstrap_WithACertificateThatPhonesKnow_NamesHttpsAtOnce()
    {
        await using var known = await ProvisioningServer.StartAsync(Edge, o => o with { CaCertificatePem = "" });

        (await known.GetAsync($"/{Mac}.cfg", UserAgent(Mac)))["static.auto_provision.server.url"].Should().StartWith("https://");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/lang_de")]
    public async Task Candidate_WhoseConfigurationWaits_IsSentToTheSamePathOverTls(string prefix)
    {
        var url = (await BootstrapAsync(prefix))["static.auto_provision.server.url"];
        Script.IsForTls = true;

        var answer = await GetAsync($"{url}{Mac}.boot");

        answer.Status.Should().Be(302);
        answer.Headers["Location"].Should().Be($"https://127.0.0.1:{Server.HttpsPort}{new Uri(url).AbsolutePath}{Mac}.boot");
        answer.Headers["Cache-Control"].Should().Be("no-store");
        answer.Text.Should().BeEmpty();
        (await GetAsync(answer.Headers["Location"])).Status.Should().Be(200, "over TLS nothing is sent on");
    }

    [Theory]
    [InlineData("/dhcp", PhoneOrigin.Dhcp)]
    [InlineData("/DHCP/", PhoneOrigin.Dhcp)]
    [InlineData("/lang_de/redirect", PhoneOrigin.Redirect)]
    [InlineData("/redirect/lang_de", PhoneOrigin.Redirect)]
    [InlineData("/tenantid/b2c9/pnp", PhoneOrigin.PlugAndPlay)]
    [InlineData("/dhcp/pnp", PhoneOrigin.Unknown, 404)]
    [InlineData("", PhoneOrigin.Unknown)]
    public async Task Candidate_HowItCame_StaysInItsUrlAndIsTold(string prefix, PhoneOrigin origin, int status = 200)
    {
        var first = await BootstrapAsync(prefix);
        first.Status.Should().Be(status);
        if (status != 200) return;

        (await GetAsync(first["static.auto_provision.server.url"] + Mac + ".cfg")).Text.Should().Be(first.Text);

        Script.Fetches.Should().ContainSingle().Which.Origin.Should().Be(origin);
    }

    [Fact]
    public async Task Candidate_SentToTls_CannotPutAHeaderIntoTheAnswer()
    {
        var url = new Uri((await BootstrapAsync())["static.auto_provision.server.url"]);
        Script.IsForTls = true;

        var answer = await Server.RawAsync(
            $"GET {url.AbsolutePath.Replace("/d/", "/lang_de%0d%0aX-Evil:%201/d/", StringComparison.Ordinal)}{Mac}.boot HTTP/1.0\r\nUser-Agent: {UserAgent(Mac)}\r\n\r\n");

        answer.Should().NotContain("\nX-Evil");
    }

    [Theory]
    [InlineData("/lang_de", "German", "Anmelden")]
    [InlineData("/LANG_DE/", "German", "Anmelden")]
    [InlineData("/lang_es", "Spanish", "Iniciar sesión")]
    [InlineData("/lang_fr", "French", "Connexion")]
    [InlineData("/lang_pt", "Portuguese", "Entrar")]
    [InlineData("/lang_ja", "English", "サインイン")]
    [InlineData("/lang_xx", "English", "Sign in")]
    [InlineData("/tenantid/b2c9/lang_de", "German", "Anmelden")]
    [InlineData("//lang_de//tenantid/b2c9/", "German", "Anmelden")]
    public async Task Bootstrap_WithALanguage_SpeaksItAndKeepsIt(string prefix, string gui, string label)
    {
        var first = await BootstrapAsync(prefix);

        first["lang.gui"].Should().Be(gui);
        first["account.1.label"].Should().Be(label);
        (await GetAsync(first["static.auto_provision.server.url"] + Mac + ".cfg")).Text.Should().Be(first.Text);
        Script.View = new Grains.Interfaces.SignInView { Progress = Grains.Interfaces.SignInProgress.Pending, UserCode = "ABCD-EFGH" };
        (await GetAsync(first["programablekey.1.value"])).Text.Should().Contain($"<Title>{label}</Title>");
    }

    [Fact]
    public async Task Bootstrap_OfAClaimedPhone_SpeaksItsTenantsLanguage_UnderItsOwnAddress()
    {
        Script.BootstrapPolicy = new Grains.Interfaces.EffectivePolicy { Language = "fr", TimeZone = "Europe/Paris" };
        var url = (await BootstrapAsync())["static.auto_provision.server.url"];

        var file = await GetAsync($"{url}{Mac}.cfg");

        file["lang.gui"].Should().Be("French");
        file["local_time.time_zone"].Should().Be("+1");
        file["local_time.time_zone_name"].Should().Be("France(Paris)");
    }

    [Fact]
    public async Task Bootstrap_OverTcp_SaysSo()
    {
        await using var tcp = await ProvisioningServer.StartAsync(Edge, o => o with { SipTransport = PhoneTransport.Tcp });

        (await tcp.GetAsync($"/{Mac}.cfg", UserAgent(Mac)))["account.1.sip_server.1.transport_type"].Should().Be("1");
    }

    [Fact]
    public async Task CaCertificate_NeedsNoUserAgent()
    {
        var answer = await Server.GetAsync("/ca.crt", "");

        answer.Status.Should().Be(200);
        answer.Text.Should().Be(ProvisioningServer.CaPem);
    }

    [Fact]
    public async Task Curl_WithARealUserAgent_GetsItsFile()
    {
        var start = new ProcessStartInfo("curl", ["-s", "--http1.0", "-A", UserAgent(Mac), "-w", "%{http_code}",
            $"http://127.0.0.1:{Server.HttpPort}//lang_de///{Mac}.cfg?x=1"]) { RedirectStandardOutput = true };
        using var curl = Process.Start(start)!;
        var text = await curl.StandardOutput.ReadToEndAsync();
        await curl.WaitForExitAsync();

        text.Should().StartWith("#!version:1.0.0.1\n").And.EndWith("200").And.Contain("lang.gui = German\n");
    }

    private static string TokenOf(string url) => new Uri(url).Segments[^(url.EndsWith('/') ? 1 : 2)].TrimEnd('/');
}
