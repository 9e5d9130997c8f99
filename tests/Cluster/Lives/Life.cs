using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SipGateway.PhoneSimulator;

namespace SipGateway.Cluster.Tests.Lives;

/// <summary>One phone from the box to its end, through the real interfaces, by people who ask again until they are answered.</summary>
internal sealed class Life(TestCluster cluster, RetryingAdmin admin, LifeLedger ledger, int number)
{
    private const string Tenant = "v1/tenants/default";

    // Nothing here is about speed.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private readonly string _mac = (0x0015_65B0_0000 + number).ToString("x12", CultureInfo.InvariantCulture);

    /// <summary>The one user whom all phones are given.</summary>
    public const string User = "everybody";

    public async Task LiveAsync()
    {
        await using var phone = new SimulatedPhone(new PhoneOptions
        {
            Mac = _mac, ProvisioningUrl = cluster.Provisioning[number % cluster.Provisioning.Length],
            LocalAddress = new IPAddress([127, 0, (byte)(1 + (number / 200)), (byte)(1 + (number % 200))]),
            RegistrationRetryDelay = TimeSpan.FromSeconds(1), HttpTimeout = TimeSpan.FromSeconds(3),
        });
        await UntilAsync(phone, "the box is opened", async () =>
        {
            await phone.PowerCycleAsync();
            return UserOf(phone).Length > 0;
        });
        await PostAsync("", "device.claim", "", new { mac = _mac });
        var code = (string)(await PostAsync(":generateVerificationCode", "device.generateVerificationCode", "", new { requestId = NewId() }))["verificationCode"]!;
        await UntilAsync(phone, "the code is dialled", async () => phone.IsRegistered && (await phone.DialAsync($"*55*{code}")).IsAnswered);
        ledger.Acknowledge(_mac, "device.enroll", "WAITING_FOR_SIGN_IN");
        await UntilAsync(phone, "it has its own credential", async () =>
        {
            await phone.ResyncAsync();
            return UserOf(phone).StartsWith('d') && phone.IsRegistered;
        });
        await PostAsync(":assignUser", "device.assignUser", "SIGNED_IN", new { user = User, requestId = NewId() });
        await UntilAsync(phone, "it has its user's line", async () =>
        {
            await phone.ResyncAsync();
            return phone.Memory.Settings["account.1.display_name"] == "Everybody" && phone.IsRegistered;
        });
        if (number % 2 == 0)
        {
            // A restart that something else comes between is proved by nothing, and judged after five minutes.
            Operation(await PostAsync(":restart", "device.restart", "SIGNED_IN", new { requestId = NewId() }));
            await UntilAsync(phone, "its restart ends", AllEndedAsync);
        }

        if (number % 3 == 0)
            Operation(await PostAsync(":signOut", "device.signOut", "WAITING_FOR_SIGN_IN", new { requestId = NewId() }));
        if (number % 5 == 0)
            await DeleteAsync();
        await UntilAsync(phone, "its operations end", AllEndedAsync);
    }

    private readonly List<string> _operations = [];

    private void Operation(JsonNode operation)
    {
        var name = (string?)operation["name"] ?? "";
        ledger.Operation(name);
        if (name.Length > 0)
            _operations.Add(name);
    }

    private async Task<bool> AllEndedAsync()
    {
        foreach (var name in _operations)
        {
            if ((bool?)(await admin.GetAsync("v1/" + name, TimeSpan.FromSeconds(30)))?["done"] != true)
                return false;
        }

        return true;
    }

    private async Task DeleteAsync()
    {
        var answer = await admin.DeleteAsync($"{Tenant}/devices/{_mac}?requestId={NewId()}", Patience)
            ?? throw new TimeoutException($"{_mac} was not deleted: {string.Join("; ", admin.Refusals)}");
        ledger.Acknowledge(_mac, "device.delete", "");
        Operation(answer);
    }

    private async Task<JsonNode> PostAsync(string verb, string action, string state, object body)
    {
        // Of a claim the body is the device itself.
        var path = verb.Length == 0 ? $"{Tenant}/devices?requestId={NewId()}" : $"{Tenant}/devices/{_mac}{verb}";
        var answer = await admin.PostAsync(path, body, Patience) ?? throw new TimeoutException($"{path} was not done: {string.Join("; ", admin.Refusals)}");
        ledger.Acknowledge(_mac, action, state.Length > 0 ? state : "WAITING_ON_ACTIVATION");
        return answer;
    }

    private static string NewId() => Guid.NewGuid().ToString();

    private static string UserOf(SimulatedPhone phone) => phone.Memory.Settings["account.1.user_name"] ?? "";

    private async Task UntilAsync(SimulatedPhone phone, string what, Func<Task<bool>> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (await isSo())
                    return;
            }
            catch (Exception e) when (e is HttpRequestException or InvalidOperationException or TimeoutException or IOException)
            {
                // Tried again, as a person would.
            }

            if (watch.Elapsed > Patience)
                throw new TimeoutException($"{_mac}: not within {Patience}: {what}. The last of its life:\n{string.Join('\n', phone.History.TakeLast(40))}");
            await Task.Delay(300);
        }
    }
}
