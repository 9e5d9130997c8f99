using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using SipGateway.PhoneSimulator;
using SipGateway.Sip;

namespace SipGateway.Cluster.Tests.Faults;

/// <summary>Every silo is gone at once: edges answer what they can, and say "later" to the rest before anybody gives up.</summary>
public sealed class SilosAwayTests(ITestOutputHelper output)
{
    private const int PhoneCount = 200;
    private const string Stranger = "001565c50001";

    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(3);

    // A grain call's four seconds, and what a loaded machine adds.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Silos_AllGone_RefreshesAreAnsweredAndTheRestIsToldToComeLater()
    {
        await using var cluster = await TestCluster.StartAsync(PhoneCount + 1, restartPause: TimeSpan.FromSeconds(14));
        try
        {
            await using var fleet = await LedgerFleet.StartAsync(cluster, PhoneCount, Refresh);
            using var admin = new RetryingAdmin(cluster);
            await using var stranger = new SimulatedPhone(new PhoneOptions { Mac = Stranger, ProvisioningUrl = cluster.Provisioning[0] });
            await stranger.PowerCycleAsync();
            for (var i = 0; i < 200 && !stranger.IsRegistered; i++)
                await Task.Delay(100);
            stranger.IsRegistered.Should().BeTrue();

            // An edge that has just started grants no lease before it has read what was revoked: a phone has one with its second refresh.
            await Task.Delay(3 * Refresh);
            var silos = cluster.Silos.ConvertAll(silo => silo.ProcessId);
            await Task.WhenAll(cluster.Silos.Select(silo => TestCluster.SignalAsync(silo, "KILL")));
            var gone = fleet.NowMs;
            await Task.WhenAll(
                InTimeAsync("a new binding", () => NewBindingAsync(cluster)),
                InTimeAsync("a code", () => DialAsync(stranger)),
                InTimeAsync("a list", () => AdminAsync(cluster, HttpMethod.Get, "v1/tenants/default/devices", null)),
                InTimeAsync("a claim", () => AdminAsync(cluster, HttpMethod.Post, "v1/tenants/default/devices", new { mac = "001565c50002" })));
            while (fleet.NowMs - gone < 12_000)
                await Task.Delay(100);
            fleet.Phones.Should().OnlyContain(phone => phone.RegisteredAtMs > gone, "refreshes are answered under their leases: {0}", fleet.Counts);

            await Task.WhenAll(cluster.Silos.Select(silo => silo.Ready.WaitAsync(TimeSpan.FromSeconds(90))));
            cluster.Silos.ConvertAll(silo => silo.ProcessId).Should().NotIntersectWith(silos);
            var took = await Reachability.MeasureAsync(fleet, admin, fleet.Phones[..50], fleet.NowMs, TimeSpan.FromSeconds(20));
            output.WriteLine($"slowest NOTIFY {took[^1]} ms after the silos were back; {fleet.Counts}");
            took.Should().OnlyContain(time => time != null && time <= 15_000);
            fleet.Counts.Seen.Should().BeSubsetOf([200, 401, 503]);
            fleet.Counts.BareRefusals.Should().Be(0);
            admin.Refusals.Should().BeEmpty();
        }
        catch
        {
            output.WriteLine(cluster.Words);
            throw;
        }
    }

    private async Task InTimeAsync(string what, Func<Task> ask)
    {
        var clock = Stopwatch.StartNew();
        await ask();
        output.WriteLine($"{what}: told to come later after {clock.ElapsedMilliseconds} ms");
        clock.Elapsed.Should().BeLessThan(Soon, what);
    }

    private static async Task NewBindingAsync(TestCluster cluster)
    {
        using var phone = new Network.LonePhone(PhoneCount, cluster, cluster.Sip[0]);
        var answer = await phone.RegisterAsync(Soon);
        answer!.StatusCode.Should().Be(503);
        answer.GetText(SipHeaderName.RetryAfter).Should().NotBeNull();
    }

    private static async Task DialAsync(SimulatedPhone phone)
    {
        var call = await phone.DialAsync("*55*123456");
        (call.IsAnswered, call.StatusCode).Should().Be((false, 503));
    }

    private static async Task AdminAsync(TestCluster cluster, HttpMethod method, string path, object? body)
    {
        using var http = new HttpClient { BaseAddress = cluster.AdminAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", cluster.AdminKey);
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await http.SendAsync(request);
        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable, await answer.Content.ReadAsStringAsync());
    }
}
