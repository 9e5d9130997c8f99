using System.Net;
using System.Text.Json;
using SipGateway.AdminApi.Running;
using SipGateway.AdminApi.Tests.Access;

namespace SipGateway.AdminApi.Tests;

/// <summary>Tags over REST: replaced by an update, changed one by one by a call of their own.</summary>
public sealed class TagRestTests(RunningAdminApi api) : IClassFixture<RunningAdminApi>
{
    private const string Devices = "/v1/tenants/tagging/devices";

    [Fact]
    public async Task Tags_AreChangedReplacedListedAndCounted()
    {
        using var caller = new RestCaller(api.Rest, api.Key);
        foreach (var mac in new[] { "001565ad0001", "001565ad0002" }) await caller.PostAsync(Devices, $$"""{"mac":"{{mac}}"}""");

        var (status, device) = await caller.PostAsync($"{Devices}/001565ad0001:modifyTags", """{"addTags":["lobby","vip"]}""");
        status.Should().Be(HttpStatusCode.OK, device.ToString());
        TagsOf(device).Should().Equal("lobby", "vip");
        await caller.PostAsync($"{Devices}/001565ad0002:modifyTags", """{"addTags":["lobby"]}""");

        TagsOf((await caller.GetAsync($"{Devices}?filter=tags:vip")).Body.GetProperty("devices")[0]).Should().Equal("lobby", "vip");
        (await caller.GetAsync($"{Devices}:summarize?filter=tags:lobby&fields=state")).Body.GetProperty("deviceCount").GetInt64().Should().Be(2);
        (await caller.GetAsync("/v1/tenants/tagging/deviceTags")).Body.GetProperty("deviceTags").EnumerateArray()
            .Select(tag => $"{tag.GetProperty("tag").GetString()} {tag.GetProperty("deviceCount")}").Should().Equal("lobby 2", "vip 1");
        TagsOf((await caller.PostAsync($"{Devices}/001565ad0001:modifyTags", """{"removeTags":["vip","never"]}""")).Body).Should().Equal("lobby");
    }

    [Theory]
    [InlineData("{}", "add_tags")]
    [InlineData("""{"addTags":[TOO MANY]}""", "add_tags")]
    [InlineData("""{"removeTags":[TOO MANY]}""", "remove_tags")]
    public async Task Change_ThatCannotBe_IsRefusedByName(string body, string field)
    {
        using var caller = new RestCaller(api.Rest, api.Key);
        await caller.PostAsync(Devices, """{"mac":"001565ad0003"}""");
        var many = string.Join(',', Enumerable.Range(0, 51).Select(n => $"\"t{n}\""));

        var (status, error) = await caller.PostAsync($"{Devices}/001565ad0003:modifyTags", body.Replace("TOO MANY", many, StringComparison.Ordinal));

        status.Should().Be(HttpStatusCode.BadRequest);
        RestCaller.MessageOf(error).Should().Contain(field);
    }

    [Fact]
    public async Task Order_ByTags_IsRefused()
    {
        using var caller = new RestCaller(api.Rest, api.Key);

        RestCaller.MessageOf((await caller.GetAsync($"{Devices}?order_by=tags")).Body).Should().Contain("cannot be ordered by");
    }

    private static IEnumerable<string?> TagsOf(JsonElement device) => device.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString());
}
