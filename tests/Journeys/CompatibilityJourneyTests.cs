using System.Security.Cryptography;
using SipGateway.Journeys.Tests.Running;
using SipGateway.PhoneSimulator;

namespace SipGateway.Journeys.Tests;

/// <summary>
/// A tenant that refuses: a phone with too old a firmware is told on its screen, the administrator in the timeline; upgraded, it dials the same code; in
/// service it is told of newer firmware and fetches it.
/// </summary>
public sealed class CompatibilityJourneyTests : IDisposable
{
    private const string Tenant = "/v1/tenants/default";
    private const string Mac = "0a15650000f1";
    private const string FirmwareKey = "static.firmware.url";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("journey-firmware-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task OldPhone_IsRefusedThenUpgradedAndLedToNewerFirmware()
    {
        var rom = RandomNumberGenerator.GetBytes(200_000);
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "T46U.rom"), rom);
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "firmware.tsv"), $"yealink\tT46U\t108.86.5.1\tstable\tT46U.rom\t{Convert.ToHexStringLower(SHA256.HashData(rom))}\n");
        await using var gateway = await GatewayProcess.StartAsync(null, "--firmware-dir", folder.FullName);
        using var admin = new AdminRest(gateway.AdminClient());
        var device = $"{Tenant}/devices/{Mac}";
        await admin.PatchAsync($"{Tenant}?updateMask=settings.compatibilityGate", new { settings = new { compatibilityGate = "REFUSE" } });
        await admin.PostAsync($"{Tenant}/devices", new { mac = Mac, location = "Desk" });
        var code = (string)(await admin.PostAsync($"{device}:generateVerificationCode"))["verificationCode"]!;

        await using (var old = Phone(gateway, "81.0.15"))
        {
            await old.PowerOnAsync();
            await old.WaitForAsync<Registered>(timeout: Patience);
            var refused = await old.DialAsync($"*55*{code}#");
            (refused.StatusCode, refused.Reason).Should().Be((403, "Needs firmware 83"));
        }

        (await admin.GetAsync($"{device}/events")).ToJsonString().Should().Contain("enrollment.incompatible").And.Contain("108.81.0.15").And.Contain("83 or later");
        ((string?)(await admin.GetAsync(device))["state"]).Should().Be("WAITING_ON_ACTIVATION");

        await using var phone = Phone(gateway, "86.0.15");
        await phone.PowerOnAsync();
        await phone.WaitForAsync<Registered>(timeout: Patience);
        var before = phone.LastSequence;
        (await phone.DialAsync($"*55*{code}#")).StatusCode.Should().Be(200, "the code is still good");
        await admin.DeviceInStateAsync(Tenant, Mac, "WAITING_FOR_SIGN_IN", Patience);
        await phone.WaitForAsync<Registered>(timeout: Patience, after: before);
        ((string?)(await admin.GetAsync(device))["compatibility"]).Should().Be("SUPPORTED");
        ((string?)(await admin.PatchAsync($"{device}?updateMask=location", new { location = "Lobby" }))["compatibility"]).Should().Be("SUPPORTED");

        before = phone.LastSequence;
        await admin.PostAsync($"{Tenant}/policies", new { policyId = "default", firmwareChannel = "stable" });
        await admin.PostAsync($"{device}:resync");
        await phone.WaitForAsync<ConfigurationApplied>(applied => applied.ChangedKeys.Contains(FirmwareKey), Patience, before);
        phone.Memory.Settings[FirmwareKey].Should().Be($"https://127.0.0.1:{gateway["https"].Port}/firmware/T46U.rom");
        using var http = new HttpClient();
        (await http.GetByteArrayAsync($"http://{gateway["http"]}/firmware/T46U.rom")).Should().Equal(rom);
    }

    private static SimulatedPhone Phone(GatewayProcess gateway, string release) => new(new PhoneOptions
    {
        Mac = Mac, Release = release, ProvisioningUrl = new Uri($"http://{gateway["http"]}/"), LocalAddress = new System.Net.IPAddress([127, 0, 23, 1]),
        RegistrationRetryDelay = TimeSpan.FromSeconds(2),
    });
}
