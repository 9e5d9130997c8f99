using System.Net;
using Microsoft.Data.Sqlite;
using SipGateway.AdminApi.Running;
using SipGateway.AdminApi.Tests.Access;

namespace SipGateway.AdminApi.Tests;

/// <summary>How the fleet was, and what is no question about it.</summary>
public sealed class FleetSampleTests(RunningAdminApi api) : IClassFixture<RunningAdminApi>
{
    private const string Samples = "/v1/tenants/history/fleetSamples";

    [Fact]
    public async Task Samples_AreOfTheTenantAlone_AndAddedUpToTheStep()
    {
        using var caller = new RestCaller(api.Rest, api.Key);
        await caller.PostAsync("/v1/tenants/history/devices", """{"mac":"001565ae0001"}""");
        var now = TimeProvider.System.GetUtcNow();
        var hour = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour)).AddHours(-3);
        await HadAsync("history", hour, 3, 1);
        await HadAsync("history", hour.AddMinutes(10), 4, 2);
        await HadAsync("history", hour.AddMinutes(60), 5, 0);
        await HadAsync("history", now.AddDays(-2), 1, 0);
        await HadAsync("other", hour, 99, 99);

        var all = (await caller.GetAsync(Samples)).Body.GetProperty("fleetSamples").EnumerateArray().ToList();
        var hourly = (await caller.GetAsync($"{Samples}?step=3600s")).Body.GetProperty("fleetSamples").EnumerateArray().ToList();
        var since = Uri.EscapeDataString(now.AddDays(-2.5).ToString("O"));
        var longer = (await caller.GetAsync($"{Samples}?startTime={since}&step=86400s")).Body.GetProperty("fleetSamples").EnumerateArray().ToList();

        all.Select(sample => sample.GetProperty("deviceCount").GetInt64()).Should().StartWith([3L, 4, 5]);
        hourly[0].GetProperty("deviceCount").GetInt64().Should().Be(4, "the last one counts");
        hourly[0].GetProperty("failedSignInCount").GetInt64().Should().Be(3, "failures are added up");
        longer[0].GetProperty("deviceCount").GetInt64().Should().Be(1);
    }

    [Theory]
    [InlineData("step=10s", "step")]
    [InlineData("step=-600s", "step")]
    [InlineData("step=9999999s", "step")]
    [InlineData("startTime=0001-01-01T00:00:00Z", "start_time")]
    public async Task Question_ThatMeansNothing_IsRefusedByName(string query, string field)
    {
        using var caller = new RestCaller(api.Rest, api.Key);
        await caller.PostAsync("/v1/tenants/history/devices", """{"mac":"001565ae0001"}""");

        var (status, error) = await caller.GetAsync($"{Samples}?{query}");

        status.Should().Be(HttpStatusCode.BadRequest);
        RestCaller.MessageOf(error).Should().Contain(field);
    }

    // What silos counted while nobody looked.
    private async Task HadAsync(string tenant, DateTimeOffset at, long devices, long failed)
    {
        var file = Path.Combine(Path.GetDirectoryName(api.KeyPath)!, "gateway.db");
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO fleet_sample VALUES ($tenant, $at, $devices, 0, 0, 0, 0, $failed)";
        command.Parameters.AddWithValue("$tenant", tenant);
        command.Parameters.AddWithValue("$at", at.ToUnixTimeMilliseconds() * 1000);
        command.Parameters.AddWithValue("$devices", devices);
        command.Parameters.AddWithValue("$failed", failed);
        await command.ExecuteNonQueryAsync();
    }
}
