using SipGateway.Journeys.Tests.Running;

namespace SipGateway.Journeys.Tests;

/// <summary>baresip with the account of the fetched file: registers, dials its code, hears the confirmation.</summary>
public sealed class BaresipJourneyTests
{
    private const string Mac = "001565aabb20";
    private const string Tenant = "/v1/tenants/default";
    private const string Device = $"{Tenant}/devices/{Mac}";

    [Fact]
    public async Task Baresip_WithTheFetchedAccount_RegistersDialsAndHears()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using var admin = new AdminRest(gateway.AdminClient());
        var (_, body) = await Programs.CurlAsync($"http://{gateway["http"]}/{Mac}.cfg", "Yealink SIP-T46S 66.86.5.1 00:15:65:aa:bb:20", null, "-f");
        var file = YealinkFile.Parse(body);
        await admin.PostAsync($"{Tenant}/devices", new { mac = Mac });
        var code = (string)(await admin.PostAsync($"{Device}:generateVerificationCode"))["verificationCode"]!;

        var phone = new BaresipPhone(gateway["sip"], file["account.1.user_name"], file["account.1.password"]);
        var output = await phone.RunAsync($"/dial *55*{code}", 8);

        output.Should().Contain("200 OK", "it registers").And.Contain("Call established");
        await admin.DeviceInStateAsync(Tenant, Mac, "WAITING_FOR_SIGN_IN", TimeSpan.FromSeconds(5));
        phone.HeardLevel().Should().BeGreaterThan(200, "the confirmation is audible");
    }
}
