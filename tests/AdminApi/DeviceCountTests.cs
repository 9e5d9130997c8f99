using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SipGateway.AdminApi.Running;
using SipGateway.AdminApi.Tests.Access;
using SipGateway.Storage;

namespace SipGateway.AdminApi.Tests;

/// <summary>Counts over the fleet are kept for a moment, for who asks the same.</summary>
public sealed class DeviceCountTests(RunningAdminApi api) : IClassFixture<RunningAdminApi>
{
    private static readonly TimeSpan Lifetime = AdminApiLimits.CountLifetime;

    private readonly FakeTimeProvider time = new();

    private IInventoryReader Inventory => api.Services.GetRequiredService<IInventoryReader>();

    [Fact]
    public async Task SameQuestion_ByManyAtOnce_IsCountedOnce_AndAgainAfterAMoment()
    {
        var counts = new DeviceCounts(Inventory, time);
        await ClaimAsync("counted", "001565ad0001");
        var question = Question("counted");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => AskAsync(counts, question))));
        answers.Select(a => a.Summary).Distinct(ReferenceEqualityComparer.Instance).Should().ContainSingle().Which.Should().BeOfType<DeviceSummary>()
            .Which.Total.Should().Be(1);
        await ClaimAsync("counted", "001565ad0002");
        time.Advance(Lifetime - TimeSpan.FromMilliseconds(1));
        (await AskAsync(counts, Question("counted"))).Should().Be(answers[0], "it is kept, with the time that it is of");
        time.Advance(TimeSpan.FromMilliseconds(1));

        var later = await AskAsync(counts, Question("counted"));
        later.Summary.Total.Should().Be(2);
        later.CountedAtUtc.Should().Be(answers[0].CountedAtUtc + Lifetime);
    }

    [Fact]
    public async Task WhoWantsItFresh_GetsItFresh_AndLeavesItForOthers()
    {
        var counts = new DeviceCounts(Inventory, time);
        await ClaimAsync("fresh", "001565ad0101");
        (await AskAsync(counts, Question("fresh"))).Summary.Total.Should().Be(1);
        await ClaimAsync("fresh", "001565ad0102");

        (await AskAsync(counts, Question("fresh"), TimeSpan.Zero)).Summary.Total.Should().Be(2);
        (await AskAsync(counts, Question("fresh"))).Summary.Total.Should().Be(2);
    }

    [Fact]
    public async Task AnotherTenantFieldFilterOrLimit_IsAnotherQuestion()
    {
        var counts = new DeviceCounts(Inventory, time);
        foreach (var mac in new[] { "001565ad0201", "001565ad0202" }) await ClaimAsync("two", mac);
        await ClaimAsync("one", "001565ad0203");
        var filtered = Question("two") with { Filter = [new DeviceFilterTerm(DeviceField.Mac, FilterOperator.Equal, "001565ad0201")] };

        var asked = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() => AskAsync(counts, Question(n % 2 == 0 ? "two" : "one")))));
        asked.Select(a => a.Summary.Total).Should().Equal(Enumerable.Range(0, 40).Select(n => n % 2 == 0 ? 2L : 1L), "tenants are never mixed");
        (await AskAsync(counts, filtered)).Summary.Total.Should().Be(1);
        (await AskAsync(counts, Question("two") with { Search = "nowhere" })).Summary.Total.Should().Be(0);
        var byModel = await counts.CountAsync(Question("two"), [DeviceField.Model], 5, Lifetime, default);
        byModel.Summary.Groups.Single().Field.Should().Be(DeviceField.Model);
        await counts.CountAsync(Question("two"), [DeviceField.Model], 6, Lifetime, default);
        counts.Kept.Should().Be(6);
    }

    [Fact]
    public async Task CountThatFails_IsToldToAllWhoWait_AndIsNotKept()
    {
        var counts = new DeviceCounts(Inventory, time);

        var asking = Enumerable.Range(0, 10).Select(_ => Task.Run(() => counts.CountAsync(Question("failing"), [DeviceField.Mac], 5, Lifetime, default)));
        var failing = async () => await Task.WhenAll(asking);

        await failing.Should().ThrowAsync<ArgumentException>("devices are not counted by what each has for itself");
        counts.Kept.Should().Be(0);
    }

    [Fact]
    public async Task WhoGoesAway_EndsTheCountForNobodyElse()
    {
        var counts = new DeviceCounts(Inventory, time);
        await ClaimAsync("left", "001565ad0301");
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        var leaving = () => counts.CountAsync(Question("left"), [DeviceField.State], 5, Lifetime, gone.Token);

        await leaving.Should().ThrowAsync<OperationCanceledException>();
        (await AskAsync(counts, Question("left"))).Summary.Total.Should().Be(1);
        counts.Kept.Should().Be(1);
    }

    [Fact]
    public async Task HoweverManyQuestions_ThoseKeptAreFew_TheOldestGoFirst()
    {
        var counts = new DeviceCounts(Inventory, time);
        for (var n = 0; n < AdminApiLimits.MaxKeptCounts + 20; n++)
        {
            await AskAsync(counts, Question("many") with { Search = $"word{n}" });
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        counts.Kept.Should().Be(AdminApiLimits.MaxKeptCounts);
    }

    [Fact]
    public async Task Call_SaysWhenItWasCounted_AndCountsAnewWhenAsked()
    {
        using var owner = new RestCaller(api.Rest, api.Key);
        await ClaimAsync("timed", "001565ad0401");
        var first = await SummaryAsync(owner, "");
        await ClaimAsync("timed", "001565ad0402");

        var kept = await SummaryAsync(owner, "?maxAge=3600s");
        var fresh = await SummaryAsync(owner, "?maxAge=0s");

        kept.GetProperty("countTime").GetString().Should().Be(first.GetProperty("countTime").GetString());
        kept.GetProperty("deviceCount").GetInt64().Should().Be(1);
        fresh.GetProperty("deviceCount").GetInt64().Should().Be(2);
        (await owner.GetAsync("/v1/tenants/timed/devices:summarize?maxAge=-1s")).Status.Should().Be(System.Net.HttpStatusCode.BadRequest);
    }

    private static async Task<JsonElement> SummaryAsync(RestCaller caller, string query)
    {
        var (status, body) = await caller.GetAsync($"/v1/tenants/timed/devices:summarize{query}");
        status.Should().Be(System.Net.HttpStatusCode.OK, body.ToString());
        return body;
    }

    private static Task<(DeviceSummary Summary, DateTimeOffset CountedAtUtc)> AskAsync(DeviceCounts counts, DeviceQuery question, TimeSpan? maxAge = null) =>
        counts.CountAsync(question, [DeviceField.State], 5, maxAge ?? Lifetime, default);

    private DeviceQuery Question(string tenant) => new() { Tenant = tenant, NowUtc = time.GetUtcNow() };

    private async Task ClaimAsync(string tenant, string mac)
    {
        using var owner = new RestCaller(api.Rest, api.Key);
        var (status, body) = await owner.PostAsync($"/v1/tenants/{tenant}/devices", $$"""{"mac":"{{mac}}"}""");
        status.Should().Be(System.Net.HttpStatusCode.OK, body.ToString());
    }
}
