using SipGateway.Journeys.Tests.Running;

namespace SipGateway.Journeys.Tests;

/// <summary>The gateway was away just when a phone fetched the CA: the phone keeps its files and cannot believe our https.</summary>
public sealed class MissedCaJourneyTests
{
    private const string Mac = "001565aabb40";
    private const string UserAgent = "Yealink SIP-T46S 66.86.5.1 00:15:65:aa:bb:40";
    private const string Tenant = "/v1/tenants/default";

    [Fact]
    public async Task Phone_WithoutTheCa_GetsItInTheRunAfter_AndThenItsConfiguration()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using var admin = new AdminRest(gateway.AdminClient());
        var phone = new SippPhone(gateway["sip"]);
        var bootstrap = YealinkFile.Parse((await FetchAsync($"http://{gateway["http"]}/{Mac}.cfg")).Body);
        await EnrolAsync(admin, phone, bootstrap);
        var url = bootstrap["static.auto_provision.server.url"];

        // The first run: sent to a server that the phone cannot believe.
        var stranded = () => FetchAsync($"{url}{Mac}.boot");
        await stranded.Should().ThrowAsync<InvalidOperationException>().WithMessage("*certificate*");

        // The second: the bootstrap again, and with it the CA.
        (await FetchAsync($"{url}{Mac}.boot")).Status.Should().Be(200);
        var again = YealinkFile.Parse((await FetchAsync($"{url}{Mac}.cfg")).Body);
        again["account.1.password"].Should().Be(bootstrap["account.1.password"], "it is still the candidate that dialled");
        var ca = Path.GetTempFileName();
        await File.WriteAllTextAsync(ca, (await FetchAsync(again["static.trusted_certificates.url"])).Body);

        // The third: its own line, over TLS.
        await FetchAsync($"{url}{Mac}.boot", ca);
        var own = YealinkFile.Parse((await FetchAsync($"{url}{Mac}.cfg", ca)).Body);
        own["account.1.user_name"].Should().NotBe(bootstrap["account.1.user_name"]);
        own["static.auto_provision.server.url"].Should().StartWith("https://");
        File.Delete(ca);
    }

    private static async Task EnrolAsync(AdminRest admin, SippPhone phone, Dictionary<string, string> bootstrap)
    {
        await admin.PostAsync($"{Tenant}/devices", new { mac = Mac, location = "Desk" });
        var code = (string)(await admin.PostAsync($"{Tenant}/devices/{Mac}:generateVerificationCode"))["verificationCode"]!;
        await phone.RegisterAsync(bootstrap["account.1.user_name"], bootstrap["account.1.password"], "127.0.0.1");
        await phone.DialAsync(bootstrap["account.1.user_name"], bootstrap["account.1.password"], "127.0.0.1", code);
        await admin.DeviceInStateAsync(Tenant, Mac, "WAITING_FOR_SIGN_IN", TimeSpan.FromSeconds(15));
    }

    private static Task<(int Status, string Body)> FetchAsync(string url, string? ca = null) => Programs.CurlAsync(url, UserAgent, ca, "-f", "-L");
}
