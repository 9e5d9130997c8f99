using System.Security.Cryptography.X509Certificates;
using SipGateway.Edge.Tests.Sip;
using SipGateway.Trust;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>What a phone gets that shows a certificate, and what its grain is told.</summary>
public sealed class FactoryCertificateTests(EdgeFixture edge) : ProvisioningTest(edge)
{
    private static readonly FactoryCa Yealink = FactoryCa.Root("Yealink Root CA");
    private static readonly FactoryCa Poly = FactoryCa.Root("Polycom Root CA");

    private X509Certificate2 Own => Yealink.Phone($"CN={Mac}");

    protected override ProvisioningOptions Change(ProvisioningOptions options)
    {
        var directory = Directory.CreateTempSubdirectory("vendor-ca").FullName;
        foreach (var (vendor, ca) in new[] { ("yealink", Yealink), ("poly", Poly) })
        {
            Directory.CreateDirectory(Path.Combine(directory, vendor));
            File.WriteAllText(Path.Combine(directory, vendor, "root.pem"), ca.Pem);
        }

        return options with { VendorCaDir = directory };
    }

    [Fact]
    public async Task Root_WithTheCertificate_AsksTheGrainAndNamesThePortThatAsksForIt()
    {
        using var shown = Own;
        var answer = await Server.GetAsync($"/lang_de/{Mac}.cfg", UserAgent(Mac), shown);
        answer.Status.Should().Be(200);
        var fetch = Script.Fetches.Should().ContainSingle().Subject;
        (fetch.HasCertificate, fetch.IsSecure, fetch.TokenRandom).Should().Be((true, true, null));
        var url = answer["static.auto_provision.server.url"];
        url.Should().StartWith($"https://127.0.0.1:{Server.MtlsPort}/lang_de/d/");

        // The candidate that the grain was told is the one that the phone keeps.
        Candidate.FromToken(Edge.Ring, url.TrimEnd('/').Split('/')[^1])!.Id.Should().Be(fetch.Candidate!.Id);
        await Server.GetAsync(new Uri(url).AbsolutePath + $"{Mac}.cfg", UserAgent(Mac), shown);
        Script.Fetches.Last().Should().BeEquivalentTo(fetch, o => o.Excluding(f => f.Source));
    }

    [Fact]
    public async Task Root_WhenTheGrainPromotes_GivesTheConfigurationAtOnce()
    {
        using var shown = Own;
        Script.Config = ProvisioningScript.ConfigOf();
        Script.IsCertificateEnough = true;
        var answer = await Server.GetAsync($"/{Mac}.cfg", UserAgent(Mac), shown);
        answer.Text.Should().Contain("SECRET-OF-THE-LINE");
        answer["static.auto_provision.server.url"].Should().StartWith($"https://127.0.0.1:{Server.MtlsPort}/d/");

        // With a token that is not good any more, too.
        var old = $"/d/{new DeviceToken(Mac, new string('0', 32)).Format(Edge.Ring, DeviceTokenKind.Config)}/{Mac}.cfg";
        (await Server.GetAsync(old, UserAgent(Mac), shown)).Text.Should().Contain("SECRET-OF-THE-LINE");
        (await Server.GetAsync(old, UserAgent(Mac), null)).Text.Should().NotContain("SECRET-OF-THE-LINE");
    }

    [Fact]
    public async Task DeviceUrl_WithAndWithoutTheCertificate_GivesTheConfigurationAndTellsWhich()
    {
        using var shown = Own;
        var path = InService() + $"{Mac}.cfg";
        (await Server.GetAsync(path, UserAgent(Mac), shown))["static.auto_provision.server.url"].Should().Contain($":{Server.MtlsPort}/");
        (await Server.GetAsync(path, UserAgent(Mac), null))["static.auto_provision.server.url"].Should().Contain($":{Server.HttpsPort}/");
        Script.Fetches.Select(f => f.HasCertificate).Should().Equal(true, false);
    }

    [Fact]
    public async Task OfAnotherMac_IsAMismatch()
    {
        using var other = Yealink.Phone("CN=805ec0ffff01");
        foreach (var path in new[] { $"/{Mac}.cfg", InService() + $"{Mac}.cfg" })
        {
            (await Server.GetAsync(path, UserAgent(Mac), other)).Status.Should().Be(400);
        }

        (await Server.GetAsync("/y000000000066.cfg", UserAgent(Mac), other)).Status.Should().Be(400, "the user agent has another one");
        Script.Fetches.Should().BeEmpty();
    }

    [Fact]
    public async Task OfNobodyOrAnotherVendorOrGeneric_IsAsNone()
    {
        using var alone = FactoryCa.SelfSigned($"CN={Mac}");
        using var foreign = Poly.Phone($"CN={Mac}");
        using var ended = Yealink.Phone($"CN={Mac}", until: DateTimeOffset.UtcNow.AddDays(-1));
        using var generic = Yealink.Phone("CN=Yealink Generic");
        foreach (var shown in new[] { alone, foreign, ended, generic, null })
        {
            var answer = await Server.GetAsync($"/{Mac}.cfg", UserAgent(Mac), shown);
            answer.Status.Should().Be(200);
            answer["static.auto_provision.server.url"].Should().StartWith($"https://127.0.0.1:{Server.HttpsPort}/d/");
        }

        Script.Fetches.Should().BeEmpty("a stranger at the root wakes no grain");
        Server.Log.Text.Should().Contain("Debug A certificate that a yealink phone showed proves nothing: Foreign.")
            .And.Contain("proves nothing: NotNow.").And.Contain("proves nothing: Generic.");
    }
}
