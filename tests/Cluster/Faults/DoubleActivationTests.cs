using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SipGateway.Cluster.Tests.Security;
using SipGateway.Grains.Interfaces;
using SipGateway.Silo;
using SipGateway.Storage;

namespace SipGateway.Cluster.Tests.Faults;

/// <summary>
/// Two silos that know nothing of each other, on one database: each has an activation of the same phone, which Orleans promises not to happen and cannot
/// exclude. One writes; the other gets a conflict, steps aside and reads anew.
/// </summary>
[Collection<OneQuietCluster>]
public sealed class DoubleActivationTests(QuietCluster quiet)
{
    private const int Trials = 20;

    [Fact]
    public async Task Activations_TwoOfOnePhone_OneCodeIsTakenOnce_AndNothingIsMixed()
    {
        using var one = await StartAsync();
        using var other = await StartAsync();
        await using var database = quiet.Cluster.Database();
        for (var trial = 0; trial < Trials; trial++)
        {
            var mac = $"0015650e{trial:x4}";
            var (first, second) = (Grain(one, mac), Grain(other, mac));
            (await Task.WhenAll(first.Get("default"), second.Get("default"))).Should().AllSatisfy(view => view.Should().BeNull(), "both are active now");

            var claims = await Task.WhenAll(ClaimAsync(first, $"one-{trial}"), ClaimAsync(second, $"other-{trial}"));
            claims.Count(status => status == CommandStatus.Done).Should().Be(1, "one claims, and the other finds it claimed");
            var code = (await AgainAsync(() => first.GenerateCode(By($"code-{trial}")))).Code;
            var dialled = await Task.WhenAll(DialAsync(first, code, 1), DialAsync(second, code, 2));

            dialled.Count(status => status == DialStatus.Confirmed).Should().Be(1, "{0}: a code is taken once", mac);
            var views = await Task.WhenAll(AgainAsync(() => first.Get("default")), AgainAsync(() => second.Get("default")));
            await using var rows = database.CreateCommand(
                "SELECT (SELECT count(*) FROM audit WHERE target = $1 AND action = 'device.claim' AND outcome = 'OK'), "
                + "(SELECT count(*) FROM audit WHERE target = $1 AND action = 'device.enroll' AND outcome = 'OK'), (SELECT count(*) FROM device WHERE mac = $2)");
            rows.Parameters.AddWithValue($"devices/{mac}");
            rows.Parameters.AddWithValue(mac);
            await using var reader = await rows.ExecuteReaderAsync();
            await reader.ReadAsync();
            (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)).Should().Be((1, 1, 1));
            views.Should().Contain(view => view != null && view.State == DeviceLifeState.WaitingForSignIn, "whoever wrote last knows it");
        }
    }

    private async Task<IHost> StartAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(quiet.Cluster.Keys);
        builder.AddSipGatewaySilo(new SiloOptions
        {
            Storage = new StorageOptions { Postgres = new PostgresOptions { ConnectionString = quiet.Cluster.Postgres.ConnectionString("sipgateway") }, DoesUpkeep = false },
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static IDeviceGrain Grain(IHost silo, string mac) => silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IDeviceGrain>(mac);

    private static AdminContext By(string command) => new() { Tenant = "default", Actor = "admin-key:1", CommandId = command };

    private static async Task<CommandStatus> ClaimAsync(IDeviceGrain device, string command) =>
        (await AgainAsync(() => device.Claim(new ClaimCommand { Context = By(command) }))).Status;

    private static async Task<DialStatus> DialAsync(IDeviceGrain device, string code, int candidate) => (await AgainAsync(() => device.DialFeatureCode(
        new DialFeatureCodeCommand
        {
            Caller = new SipCaller
            {
                SipUser = $"c{candidate}",
                Candidate = new CandidateFacts { Id = candidate.ToString("x32", System.Globalization.CultureInfo.InvariantCulture), IssuedAtUtc = TimeProvider.System.GetUtcNow() },
                Digest = new DigestEvidence
                {
                    Algorithm = "MD5", UserName = "u", Realm = "r", Uri = "sip:x", Method = "INVITE", Nonce = $"n{candidate}",
                    NonceIssuedAtMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), NonceCount = 1, Response = $"r{candidate}",
                },
            },
            Feature = FeatureKind.Enroll, Argument = code, CallId = $"call-{candidate}",
            Flow = new FlowFacts { EdgeId = "nobody", FlowId = $"f{candidate}", Transport = "udp", Source = $"127.0.0.{candidate}:5060" },
        }))).Status;

    // As edges and the admin API do: a conflict is asked again, of an activation that has read anew.
    private static async Task<T> AgainAsync<T>(Func<Task<T>> ask)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await ask();
            }
            catch (OrleansException) when (tries < 5)
            {
                await Task.Delay(20);
            }
        }
    }
}
