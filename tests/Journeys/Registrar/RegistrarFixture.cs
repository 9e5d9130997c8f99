using SipGateway.Journeys.Tests.Running;
using SipGateway.PhoneSimulator;

namespace SipGateway.Journeys.Tests.Registrar;

/// <summary>What an enrolled phone registers with.</summary>
public sealed record Account(string User, string Secret);

/// <summary>One gateway and two enrolled phones for all rules; the tests take turns.</summary>
public sealed class RegistrarFixture : IAsyncLifetime
{
    private const string Tenant = "/v1/tenants/default";
    private GatewayProcess? gateway;

    public Account Alice { get; private set; } = null!;

    public Account Bob { get; private set; } = null!;

    public string Domain => "127.0.0.1";

    internal GatewayProcess Gateway => gateway!;

    public async ValueTask InitializeAsync()
    {
        gateway = await GatewayProcess.StartAsync();
        using var admin = new AdminRest(gateway.AdminClient());
        Alice = await EnrolAsync("001565ab0001", admin);
        Bob = await EnrolAsync("001565ab0002", admin);
    }

    /// <summary>kill -9, and the same gateway again: another start of the edge, another silo.</summary>
    public async Task CrashAsync()
    {
        await gateway!.KillAsync();
        var next = await gateway.StartAgainAsync();
        await gateway.DisposeAsync();
        gateway = next;
    }

    public async ValueTask DisposeAsync()
    {
        if (gateway is not null)
        {
            await gateway.DisposeAsync();
        }
    }

    private async Task<Account> EnrolAsync(string mac, AdminRest admin)
    {
        await using var phone = new SimulatedPhone(new PhoneOptions
        {
            Mac = mac, ProvisioningUrl = new Uri($"http://{Gateway["http"]}/"), RegistrationRetryDelay = TimeSpan.FromSeconds(1),
        });
        await admin.PostAsync($"{Tenant}/devices", new { mac });
        var code = (string)(await admin.PostAsync($"{Tenant}/devices/{mac}:generateVerificationCode"))["verificationCode"]!;
        await phone.PowerOnAsync();
        await Eventually.GetAsync(() => Task.FromResult(phone.IsRegistered), r => r, TimeSpan.FromSeconds(15), "the new phone's registration");
        var call = await phone.DialAsync($"*55*{code}");
        if (!call.IsAnswered)
        {
            throw new InvalidOperationException($"The code of {mac} was not accepted.");
        }

        await Eventually.GetAsync(
            async () =>
            {
                await phone.ResyncAsync();
                return phone.Memory.Settings["account.1.user_name"] ?? "";
            },
            u => u.StartsWith('d'),
            TimeSpan.FromSeconds(15),
            "the enrolled phone's own name");
        return new Account(phone.Memory.Settings["account.1.user_name"]!, phone.Memory.Settings["account.1.password"]!);
    }
}

/// <summary>All rules of the registrar, one after the other, in front of one gateway.</summary>
[CollectionDefinition(Name)]
public sealed class RegistrarRules : ICollectionFixture<RegistrarFixture>
{
    public const string Name = "registrar rules";
}
