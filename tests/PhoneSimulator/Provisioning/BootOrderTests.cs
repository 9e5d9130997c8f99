using Microsoft.Extensions.Time.Testing;

namespace SipGateway.PhoneSimulator.Tests.Provisioning;

/// <summary>What a booting phone asks for, in which order, and what it keeps.</summary>
public sealed class BootOrderTests
{
    private const string Head = "#!version:1.0.0.1\n";

    [Fact]
    public async Task Boot_WithoutBootFile_AsksForTheOlderScheme()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Web.Serve("/y000000000108.cfg", Head + "lang.gui = English\naccount.1.label = common");
        stage.Web.Serve("/805ec0000001.cfg", Head + "account.1.label = mine");
        var phone = stage.Phone();

        await phone.PowerOnAsync();

        stage.Web.PathsAsked().Should().Equal("/805ec0000001.boot", "/y000000000000.boot", "/y000000000108.cfg", "/805ec0000001.cfg");
        stage.Web.Requests.Should().OnlyContain(request => request.UserAgent == "Yealink SIP-T46U 108.86.0.15 80:5e:c0:00:00:01");
        (phone.Memory.Settings["lang.gui"], phone.Memory.Settings["account.1.label"]).Should().Be(("English", "mine"));
    }

    [Fact]
    public async Task Boot_WithBootFile_AsksForWhatItLists()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Web.Serve("/805ec0000001.boot", Head +
            "include:config \"y000000000108.cfg\"\ninclude:config \"missing.cfg\"\ninclude:config \"d/x.cfg\"\n");
        stage.Web.Serve("/y000000000108.cfg", Head + "lang.gui = German");
        stage.Web.Serve("/d/x.cfg", Head + "a.b = 1\nbroken line");
        var phone = stage.Phone();

        await phone.PowerOnAsync();

        stage.Web.PathsAsked().Should().Equal("/805ec0000001.boot", "/y000000000108.cfg", "/missing.cfg", "/d/x.cfg");
        var applied = await phone.WaitForAsync<ConfigurationApplied>();
        applied.ChangedKeys.Should().Equal("a.b", "lang.gui");
        applied.Faults.Should().Equal("d/x.cfg line 3: no '='");
    }

    [Fact]
    public async Task Boot_Redirected_Follows302ButNot307()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Web.Redirect("/805ec0000001.boot", "/d/abc/805ec0000001.boot", 302);
        stage.Web.Serve("/d/abc/805ec0000001.boot", Head + "include:config \"a.cfg\"");
        stage.Web.Redirect("/a.cfg", "/b.cfg", 307);
        stage.Web.Serve("/b.cfg", Head + "x = 1");
        var phone = stage.Phone();

        await phone.PowerOnAsync();

        phone.History.OfType<FileFetched>().Select(file => (file.FileName, file.StatusCode, file.Redirects))
            .Should().Equal(("805ec0000001.boot", 200, 1), ("a.cfg", 307, 0));
        phone.History.OfType<ProvisioningFailed>().Should().ContainSingle();
        phone.Memory.Settings["x"].Should().BeNull();
    }

    [Fact]
    public async Task Boot_WithDiscoveryOff_UsesTheStoredUrlAndNotTheNetworks()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Web.Serve("/805ec0000001.cfg", Head + $"static.auto_provision.dhcp_option.enable = 0\n" +
            $"static.auto_provision.pnp_enable = 0\nstatic.auto_provision.server.url = {stage.Web.Http}d/token123/\n");
        stage.Web.Serve("/d/token123/805ec0000001.cfg", Head + "lang.gui = French");
        var phone = stage.Phone();

        await phone.PowerOnAsync();
        phone.Memory.Settings["lang.gui"].Should().BeNull();
        await phone.PowerCycleAsync();

        phone.Memory.Settings["lang.gui"].Should().Be("French");
        stage.Web.PathsAsked()[4..].Should().OnlyContain(path => path.StartsWith("/d/token123/"));
        phone.History.OfType<ProvisioningStarted>().Last().Url.Should().EndWith("/d/…/");
    }

    [Fact]
    public async Task Memory_InAFile_OutlivesThePhone()
    {
        await using var stage = await Stage.OpenAsync();
        var path = Path.Combine(Path.GetTempPath(), "phone-" + Guid.NewGuid().ToString("n") + ".json");
        stage.Web.Serve("/805ec0000001.cfg", Head + "lang.gui = Japanese");
        try
        {
            await stage.Phone(memory: PhoneMemory.InFile(path)).PowerOnAsync();
            var again = stage.Phone(memory: PhoneMemory.InFile(path));
            again.Memory.Settings["lang.gui"].Should().Be("Japanese");

            await again.PowerOnAsync();

            again.History.OfType<ConfigurationApplied>().Single().ChangedKeys.Should().BeEmpty();
            again.History.OfType<FileFetched>().Should().OnlyContain(file => !file.IsChanged);
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task FactoryReset_ForgetsEverythingAndStartsOver()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Web.Serve("/805ec0000001.cfg", Head + "lang.gui = Japanese");
        var phone = stage.Phone();
        await phone.PowerOnAsync();
        stage.Web.Serve("/805ec0000001.cfg", Head + "a.b = 1");

        await phone.FactoryResetAsync();

        phone.Memory.Settings.Values.Should().Equal(new Dictionary<string, string> { ["a.b"] = "1" });
    }

    [Fact]
    public async Task Boot_ServerInTrouble_KeepsWhatItHas()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Web.Serve("/805ec0000001.cfg", Head + "lang.gui = Japanese");
        var phone = stage.Phone();
        await phone.PowerOnAsync();
        stage.Web.Files["/805ec0000001.boot"] = _ => Microsoft.AspNetCore.Http.Results.StatusCode(503);

        var isRead = await phone.ResyncAsync();

        isRead.Should().BeFalse();
        phone.Memory.Settings["lang.gui"].Should().Be("Japanese");
        (await phone.WaitForAsync<ProvisioningFailed>()).Reason.Should().Contain("HTTP 503");
    }

    [Fact]
    public async Task Poll_WhenItsTimeIsUp_FetchesAgain()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Web.Serve("/805ec0000001.cfg", Head + "static.auto_provision.repeat.enable = 1\nstatic.auto_provision.repeat.minutes = 60\n");
        var clock = new FakeTimeProvider();
        var phone = stage.Phone(stage.Options with { Clock = clock });
        await phone.PowerOnAsync();
        var mark = phone.LastSequence;

        clock.Advance(TimeSpan.FromMinutes(59));
        phone.LastSequence.Should().Be(mark);
        clock.Advance(TimeSpan.FromMinutes(1));

        (await phone.WaitForAsync<ProvisioningStarted>(after: mark)).Cause.Should().Be("poll");
    }

    [Fact]
    public async Task FactoryCertificate_IsShownToAServerThatAsks()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Web.Serve("/805ec0000001.cfg", Head + "static.security.trust_certificates = 0");
        using var factory = TestProvisioningServer.MakeCertificate("805EC0000001");
        var phone = stage.Phone(stage.Options with { FactoryCertificate = factory });
        await phone.PowerOnAsync();
        stage.Web.Serve("/805ec0000001.cfg", Head + $"static.auto_provision.dhcp_option.enable = 0\n" +
            $"static.auto_provision.server.url = {stage.Web.Https}\n");

        await phone.ResyncAsync();
        (await phone.ResyncAsync()).Should().BeTrue();

        stage.Web.ClientSubjects.Should().OnlyContain(subject => subject == "CN=805EC0000001").And.NotBeEmpty();
    }

    [Fact]
    public async Task Https_WithoutTheCa_IsRefusedAndWithItTrusted()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Web.Serve("/ca.crt", stage.Web.CertificatePem);
        stage.Web.Serve("/805ec0000001.cfg", Head + "lang.gui = Italian");
        var distrustful = stage.Phone(stage.Options with { ProvisioningUrl = stage.Web.Https });

        await distrustful.PowerOnAsync();
        (await distrustful.WaitForAsync<ProvisioningFailed>()).Reason.Should().Contain("SSL");
        stage.Web.Requests.Should().BeEmpty();

        stage.Web.Serve("/805ec0000001.cfg", Head + $"static.trusted_certificates.url = {stage.Web.Http}ca.crt\n" +
            $"static.auto_provision.dhcp_option.enable = 0\nstatic.auto_provision.server.url = {stage.Web.Https}secure/\n");
        stage.Web.Serve("/secure/805ec0000001.cfg", Head + "lang.gui = Portuguese");
        var phone = stage.Phone();
        await phone.PowerOnAsync();
        await phone.ResyncAsync();

        (await phone.WaitForAsync<CertificatesTrusted>()).CertificateCount.Should().Be(1);
        phone.Memory.Settings["lang.gui"].Should().Be("Portuguese");
    }
}
