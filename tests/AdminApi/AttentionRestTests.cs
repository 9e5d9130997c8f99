using System.Net;
using System.Text.Json;
using SipGateway.AdminApi.Running;
using SipGateway.AdminApi.Tests.Access;

namespace SipGateway.AdminApi.Tests;

/// <summary>Devices that need a person: in lists and counts, as they change, and how one has seen to them.</summary>
public sealed class AttentionRestTests(RunningAdminApi api) : IClassFixture<RunningAdminApi>
{
    private const string Devices = "/v1/tenants/attentive/devices";
    private const string OtherDevices = "/v1/tenants/resolving/devices";

    [Fact]
    public async Task FailedOperation_IsListedAndCounted_UntilResolved()
    {
        using var caller = new RestCaller(api.Rest, api.Key);
        foreach (var mac in new[] { "001565af0001", "001565af0002" }) await caller.PostAsync(Devices, $$"""{"mac":"{{mac}}"}""");
        (await MacsAsync(caller, "attention:*")).Should().BeEmpty();

        await caller.PostAsync($"{Devices}/001565af0001:restart");

        (await MacsAsync(caller, "attention:*")).Should().Equal("001565af0001");
        (await MacsAsync(caller, "attention:OPERATION_FAILED AND state=WAITING_ON_ACTIVATION")).Should().Equal("001565af0001");
        (await MacsAsync(caller, "attention=CONFLICT")).Should().BeEmpty();
        (await MacsAsync(caller, "attention!=*")).Should().Equal("001565af0002");
        ReasonsOf((await caller.GetAsync($"{Devices}?filter=attention:*")).Body.GetProperty("devices")[0]).Should().Equal("OPERATION_FAILED");
        ReasonsOf((await caller.GetAsync($"{Devices}/001565af0001")).Body).Should().Equal("OPERATION_FAILED");
        (await caller.GetAsync($"{Devices}:summarize?filter=attention:*&fields=state")).Body.GetProperty("deviceCount").GetInt64().Should().Be(1);

        var (status, resolved) = await caller.PostAsync($"{Devices}/001565af0001:resolveAttention", "{}");
        status.Should().Be(HttpStatusCode.OK, resolved.ToString());
        ReasonsOf(resolved).Should().BeEmpty();
        (await MacsAsync(caller, "attention:*")).Should().BeEmpty();
    }

    [Fact]
    public async Task WhatOnlyThePhoneEnds_IsRefusedAndSaysWhatToDo()
    {
        using var caller = new RestCaller(api.Rest, api.Key);
        await caller.PostAsync(OtherDevices, """{"mac":"001565af0003"}""");

        var (status, error) = await caller.PostAsync($"{OtherDevices}/001565af0003:resolveAttention", """{"reasons":["CODE_LOCKED"]}""");

        status.Should().Be(HttpStatusCode.BadRequest);
        RestCaller.ReasonOf(error).Should().Be("NOT_RESOLVED_BY_HAND");
        RestCaller.MessageOf(error).Should().Contain("new code");
        (await caller.PostAsync($"{OtherDevices}/001565af0003:resolveAttention", """{"reasons":[0]}""")).Status.Should().Be(HttpStatusCode.BadRequest);
        (await caller.PostAsync($"{OtherDevices}/001565af0003:resolveAttention", """{"reasons":["MAYBE"]}""")).Status.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task WhatIsNoReason_IsRefusedByName()
    {
        using var caller = new RestCaller(api.Rest, api.Key);
        await caller.PostAsync(OtherDevices, """{"mac":"001565af0004"}""");

        RestCaller.MessageOf((await caller.GetAsync($"{OtherDevices}?filter=attention:tired")).Body).Should().ContainAll("CONFLICT", "FIRMWARE_BELOW_MINIMUM");
        RestCaller.MessageOf((await caller.GetAsync($"{OtherDevices}?order_by=attention")).Body).Should().Contain("without connection, attention and tags");
    }

    [Fact]
    public void EveryReason_HasTheSameNameInTheStateAndInTheApi() =>
        Enum.GetNames<Grains.Interfaces.AttentionReason>().Should().BeEquivalentTo(
            Enum.GetNames<Admin.V1.Device.Types.AttentionReason>().Where(name => name != "Unspecified"));

    private static async Task<string[]> MacsAsync(RestCaller caller, string filter) =>
    [
        .. (await caller.GetAsync($"{Devices}?filter={Uri.EscapeDataString(filter)}")).Body.GetProperty("devices").EnumerateArray()
            .Select(device => device.GetProperty("mac").GetString()!),
    ];

    private static string[] ReasonsOf(JsonElement device) => [.. device.GetProperty("attention").EnumerateArray().Select(r => r.GetString()!)];
}
