using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using SipGateway.Journeys.Tests.Running;
using SipGateway.PhoneSimulator;

namespace SipGateway.Journeys.Tests.Crash;

/// <summary>kill -9 at random moments while phones live their lives: whatever was acknowledged is there afterwards, and no code was redeemed twice.</summary>
public sealed class KillJourneyTests
{
    private const int PhoneCount = 200;
    private const int KillCount = 10;
    private const string Tenant = "/v1/tenants/default";

    // Nothing here is about speed: while the gateway is killed again and again on a busy machine, one dialled code alone may take 32 s to fail.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Gateway_KilledAgainAndAgain_LosesNothingItAcknowledged()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var ledger = new ConcurrentDictionary<string, string>();
        var gateway = await GatewayProcess.StartAsync();
        try
        {
            var root = new Uri($"http://{gateway["http"]}/");
            var address = new Uri($"http://{gateway["admin"]}");
            using var admin = new RetryingAdmin(address, gateway.AdminKey(), Patience);
            await admin.PostAsync($"{Tenant}/users?requestId={Guid.NewGuid()}", new { userId = "crash", displayName = "Crash", initialPassword = "correct horse battery" });
            using var throttle = new SemaphoreSlim(10);
            var lives = Enumerable.Range(0, PhoneCount).Select(i => LiveAsync(i, root, admin, ledger, throttle)).ToList();
            for (var kill = 0; kill < KillCount; kill++)
            {
                await Task.Delay(random.Next(500, 3500));
                await gateway.KillAsync();
                gateway = await gateway.StartAgainAsync();
            }

            await Task.WhenAll(lives);
            await VerifyAsync(admin, ledger, seed);
        }
        finally
        {
            await gateway.DisposeAsync();
        }
    }

    private static async Task LiveAsync(int number, Uri root, RetryingAdmin admin, ConcurrentDictionary<string, string> ledger, SemaphoreSlim throttle)
    {
        await throttle.WaitAsync();
        try
        {
            var mac = $"001565d{number:x5}";
            var lastDial = "nothing dialled";
            await using var phone = new SimulatedPhone(new PhoneOptions
            {
                Mac = mac, ProvisioningUrl = root, LocalAddress = new IPAddress([127, 0, (byte)(1 + (number / 100)), (byte)(1 + (number % 100))]), RegistrationRetryDelay = TimeSpan.FromSeconds(1), HttpTimeout = TimeSpan.FromSeconds(3),
            });
            await UntilAsync(async () =>
            {
                await phone.PowerCycleAsync();
                return phone.Memory.Settings["account.1.user_name"] is not null;
            },
            () => Tell(phone));
            await admin.PostAsync($"{Tenant}/devices?requestId={Guid.NewGuid()}", new { mac });
            ledger[mac] = "claimed";
            var code = (string)(await admin.PostAsync($"{Tenant}/devices/{mac}:generateVerificationCode", new { requestId = Guid.NewGuid().ToString() }))["verificationCode"]!;
            await UntilAsync(
                async () =>
                {
                    if (!phone.IsRegistered)
                    {
                        lastDial = "not registered";
                        return false;
                    }

                    var call = await phone.DialAsync($"*55*{code}");
                    lastDial = $"{call.StatusCode} {call.Reason}";
                    return call.IsAnswered;
                },
                () => $"{mac} dials its code; the last time: {lastDial}");
            ledger[mac] = "redeemed";

            // Until the phone has come back with its own credential the assignment is refused; the phone asks again as a person would reboot it.
            await UntilAsync(async () =>
            {
                await phone.ResyncAsync();
                return phone.Memory.Settings["account.1.user_name"]?[0] == 'd' && phone.IsRegistered;
            },
            () => Tell(phone));
            await admin.PostAsync($"{Tenant}/devices/{mac}:assignUser", new { user = "crash", requestId = Guid.NewGuid().ToString() });
            await UntilAsync(async () =>
            {
                await phone.ResyncAsync();
                return phone.Memory.Settings["account.1.display_name"] == "Crash" && phone.IsRegistered;
            },
            () => Tell(phone));
            ledger[mac] = "signed in";
        }
        finally
        {
            throttle.Release();
        }
    }

    private static async Task VerifyAsync(RetryingAdmin admin, ConcurrentDictionary<string, string> ledger, int seed)
    {
        ledger.Should().HaveCount(PhoneCount).And.OnlyContain(l => l.Value == "signed in", "seed {0}", seed);
        foreach (var mac in ledger.Keys)
        {
            var device = await admin.GetAsync($"{Tenant}/devices/{mac}");
            ((string?)device["state"]).Should().Be("SIGNED_IN", "seed {0}: device {1} was acknowledged as signed in", seed, mac);
            ((string?)device["connection"]).Should().Be("ONLINE", "seed {0}: the binding of {1} was acknowledged and is younger than its expiry", seed, mac);
        }

        var actions = await Eventually.GetAsync(() => AuditAsync(admin), a => a.Count(x => x.Action == "device.assignUser") >= PhoneCount, Patience, "sealed audit rows");
        foreach (var mac in ledger.Keys)
        {
            actions.Count(a => a.Action == "device.enroll" && a.Target.EndsWith(mac, StringComparison.Ordinal)).Should().Be(1, "seed {0}: one code, redeemed once, by {1}", seed, mac);
            actions.Should().Contain(a => a.Action == "device.claim" && a.Target.EndsWith(mac, StringComparison.Ordinal));
        }

        var chain = await admin.GetAsync("/v1/auditEvents:verify");
        chain.ToJsonString().Should().NotContain("false", "the chain has no gap");
    }

    private static async Task<List<(string Action, string Target)>> AuditAsync(RetryingAdmin admin)
    {
        var all = new List<(string, string)>();
        var token = "";
        do
        {
            var page = await admin.GetAsync($"{Tenant}/auditEvents?pageSize=500&pageToken={Uri.EscapeDataString(token)}");
            all.AddRange(page["auditEvents"]!.AsArray().Where(e => (string?)e!["outcome"] == "OK").Select(e => ((string)e!["action"]!, (string)e!["target"]!)));
            token = (string?)page["nextPageToken"] ?? "";
        }
        while (token.Length > 0);

        return all;
    }

    private static string Tell(SimulatedPhone phone) => $"{phone.Mac} is {(phone.IsRegistered ? "" : "not ")}registered and asks again for its files; the last of its life:\n"
        + string.Join('\n', phone.History.TakeLast(60));

    private static async Task UntilAsync(Func<Task<bool>> isSo, Func<string> tell)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (await isSo())
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or InvalidOperationException or TimeoutException or IOException)
            {
                // The gateway is being killed: a phone tries again.
            }

            if (watch.Elapsed > Patience)
            {
                throw new TimeoutException("A phone's step did not come to its end: " + tell());
            }

            await Task.Delay(300);
        }
    }
}
