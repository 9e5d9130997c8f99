using System.Net;
using System.Security.Cryptography.X509Certificates;
using SipGateway.Edge.Tests.Provisioning;
using SipGateway.Journeys.Tests.Running;
using SipGateway.PhoneSimulator;

namespace SipGateway.Journeys.Tests;

/// <summary>Phones with a factory certificate, and those that would like to have theirs.</summary>
public sealed class FactoryCertificateJourneyTests
{
    private const string Tenant = "/v1/tenants/default";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FactoryCa root = FactoryCa.Root("Yealink Root CA");
    private readonly string directory = Directory.CreateTempSubdirectory("vendor-ca").FullName;

    [Fact]
    public async Task OneClaim_ThePhoneEnrolsByItsCertificate_AndAThiefGetsABootstrap()
    {
        const string mac = "001565cc0001";
        await using var gateway = await StartAsync();
        using var admin = new AdminRest(gateway.AdminClient());
        await admin.PostAsync($"{Tenant}/devices", new { mac });

        // The same MAC with a certificate of its own making, with one of another phone, and with none.
        using var made = FactoryCa.SelfSigned($"CN={mac}");
        using var others = root.Phone("CN=001565cc0002");
        await using var thief = new SimulatedPhone(Options(gateway, mac, made, thirdOctet: 31));
        await using var clumsy = new SimulatedPhone(Options(gateway, mac, others, thirdOctet: 32));
        await using var plain = new SimulatedPhone(Options(gateway, mac, null, thirdOctet: 33));
        await Task.WhenAll(thief.PowerOnAsync(), clumsy.PowerOnAsync(), plain.PowerOnAsync());
        await thief.WaitForAsync<Registered>(timeout: Patience);
        await plain.WaitForAsync<Registered>(timeout: Patience);
        IsCandidate(thief).Should().BeTrue();
        IsCandidate(plain).Should().BeTrue();
        clumsy.History.OfType<FileFetched>().Should().NotBeEmpty().And.OnlyContain(f => f.StatusCode == 400);
        ((string?)(await admin.GetAsync($"{Tenant}/devices/{mac}"))["state"]).Should().Be("WAITING_ON_ACTIVATION");

        // The issuer comes from the phone, the root from the folder.
        var issuer = root.Below("Yealink Equipment Issuing CA");
        using var factory = issuer.Phone($"CN={mac.ToUpperInvariant()}");
        await using var phone = new SimulatedPhone(Options(gateway, mac, factory, thirdOctet: 34) with { FactoryIssuers = [issuer.Certificate] });
        await phone.PowerOnAsync();
        await phone.WaitForAsync<Registered>(timeout: Patience);
        IsCandidate(phone).Should().BeFalse();
        var device = await admin.DeviceInStateAsync(Tenant, mac, "WAITING_FOR_SIGN_IN", Patience);
        ((string?)device["trustLevel"]).Should().Be("CERTIFICATE");
        phone.Memory.Settings["static.auto_provision.server.url"].Should().StartWith($"https://{gateway["mtls"]}/d/");
        (await admin.GetAsync($"{Tenant}/devices/{mac}/events")).ToJsonString().Should().Contain("enrollment.certificate");
        await Eventually.GetAsync(
            () => admin.GetAsync($"{Tenant}/auditEvents"),
            a => a.ToJsonString().Contains("factory certificate", StringComparison.Ordinal),
            Patience,
            "the audit row");

        // It lives as any other: a user by a push, a power cut, and nobody disturbs it.
        await admin.PostAsync($"{Tenant}/users", new { userId = "alice", displayName = "Alice" });
        await admin.PostAsync($"{Tenant}/devices/{mac}:assignUser", new { user = "alice" });
        await phone.WaitForAsync<Registered>(r => r.Label == "Alice", Patience);
        await thief.PowerCycleAsync();
        await thief.ResyncAsync();
        var before = phone.LastSequence;
        await phone.PowerCycleAsync();
        await phone.WaitForAsync<Registered>(r => r.Label == "Alice", Patience, before);
        IsCandidate(thief).Should().BeTrue();
        phone.Memory.Settings["static.auto_provision.server.url"].Should().StartWith($"https://{gateway["mtls"]}/d/");
        (await MetricsAsync(gateway)).Should().Contain("sipgateway_provisioning_certificates")
            .And.Contain("verdict=\"good\"").And.Contain("verdict=\"foreign\"");
    }

    [Fact]
    public async Task TwoClaimsOrNone_TheCertificateIsKnownAndTheCodeOrTheClaimDecides()
    {
        const string shared = "001565cc0011";
        const string late = "001565cc0012";
        await using var gateway = await StartAsync();
        using var admin = new AdminRest(gateway.AdminClient());
        await admin.PostAsync("/v1/tenants", new { tenantId = "globex" });
        foreach (var tenant in new[] { Tenant, "/v1/tenants/globex" }) await admin.PostAsync($"{tenant}/devices", new { mac = shared });
        using var factory = root.Phone($"CN={shared}");
        await using var phone = new SimulatedPhone(Options(gateway, shared, factory, thirdOctet: 35));
        await phone.PowerOnAsync();
        await phone.WaitForAsync<Registered>(timeout: Patience);
        IsCandidate(phone).Should().BeTrue();
        foreach (var tenant in new[] { Tenant, "/v1/tenants/globex" })
        {
            ((string?)(await admin.GetAsync($"{tenant}/devices/{shared}"))["state"]).Should().Be("WAITING_ON_ACTIVATION");
            (await admin.GetAsync($"{tenant}/devices/{shared}:explain")).ToJsonString().Should().Contain("CERTIFICATE");
        }

        var code = (string)(await admin.PostAsync($"/v1/tenants/globex/devices/{shared}:generateVerificationCode"))["verificationCode"]!;
        (await phone.DialAsync($"*55*{code}")).StatusCode.Should().Be(200);
        var device = await admin.DeviceInStateAsync("/v1/tenants/globex", shared, "WAITING_FOR_SIGN_IN", Patience);
        ((string?)device["trustLevel"]).Should().Be("CERTIFICATE");

        // On the desk before anybody claimed it: the claim is all that it waits for.
        using var other = root.Phone($"CN={late}");
        await using var early = new SimulatedPhone(Options(gateway, late, other, thirdOctet: 36));
        await early.PowerOnAsync();
        await early.WaitForAsync<Registered>(timeout: Patience);
        IsCandidate(early).Should().BeTrue();
        await admin.PostAsync($"{Tenant}/devices", new { mac = late });
        await admin.DeviceInStateAsync(Tenant, late, "WAITING_FOR_SIGN_IN", Patience);
    }

    [Fact]
    public async Task Authorities_ThatCannotBeUsed_AreToldAtTheStartAllAtOnce()
    {
        Write("yealink/root.pem", "nothing");
        Write("acme/root.pem", root.Pem);
        var start = async () => await GatewayProcess.StartAsync(null, "--vendor-ca-dir", directory, "--restart-deadline", "never");
        (await start.Should().ThrowAsync<InvalidOperationException>()).Which.Message.Should().Contain("ended with 1")
            .And.Contain("root.pem cannot be used").And.Contain("acme is of no vendor").And.Contain("--restart-deadline never").And.NotContain("   at ");
    }

    [Fact]
    public async Task Authority_PutInWhileTheGatewayRuns_Counts()
    {
        const string mac = "001565cc0021";
        await using var gateway = await StartAsync("poly");
        using var admin = new AdminRest(gateway.AdminClient());
        await admin.PostAsync($"{Tenant}/devices", new { mac });
        using var factory = root.Phone($"CN={mac}");
        await using var phone = new SimulatedPhone(Options(gateway, mac, factory, thirdOctet: 37));
        await phone.PowerOnAsync();
        await phone.WaitForAsync<Registered>(timeout: Patience);
        IsCandidate(phone).Should().BeTrue("a CA of Poly says nothing of a Yealink phone");

        Write("yealink/root.pem", root.Pem);
        await Eventually.GetAsync(
            () => Task.FromResult(gateway.Output), o => o.Contains("of: poly, yealink.", StringComparison.Ordinal), Patience, "the news of the CA");
        await phone.FactoryResetAsync();
        await admin.DeviceInStateAsync(Tenant, mac, "WAITING_FOR_SIGN_IN", Patience);
    }

    private static bool IsCandidate(SimulatedPhone phone) =>
        phone.Memory.Settings["account.1.user_name"]?.StartsWith('c') ?? throw new InvalidOperationException("The phone has no account.");

    private static async Task<string> MetricsAsync(GatewayProcess gateway)
    {
        using var client = gateway.AdminClient();
        return await client.GetStringAsync("/metrics");
    }

    private static PhoneOptions Options(GatewayProcess gateway, string mac, X509Certificate2? factory, byte thirdOctet) => new()
    {
        Mac = mac,
        ProvisioningUrl = new Uri($"https://{gateway["mtls"]}/"),
        LocalAddress = new IPAddress([127, 0, thirdOctet, 1]),
        FactoryCertificate = factory,
        FactoryTrustPem = File.ReadAllText(gateway.CaCertificatePath),
        RegistrationRetryDelay = TimeSpan.FromSeconds(2),
    };

    private Task<GatewayProcess> StartAsync(string vendor = "yealink")
    {
        Write($"{vendor}/root.pem", root.Pem);
        return GatewayProcess.StartAsync(null, "--vendor-ca-dir", directory);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
