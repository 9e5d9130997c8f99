using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SipGateway.AdminApi.Running;

namespace SipGateway.AdminApi.Tests;

/// <summary>Layers of policy over REST: what would change, what changed, what it was, and what a device has of it.</summary>
public sealed class PolicyRestTests(RunningAdminApi api) : IClassFixture<RunningAdminApi>
{
    private const string Policy = "/v1/tenants/layers/policies/desk";

    [Fact]
    public async Task Policy_IsPreviewed_Saved_AndRolledBack()
    {
        await Send(HttpMethod.Post, "/v1/tenants/layers/devices", """{"mac":"001565ae0001"}""");
        var first = await Send(HttpMethod.Post, "/v1/tenants/layers/policies", """
            {"policyId":"desk","language":"de","models":["yealink/T46S"],"settings":{"remote.password":"geheim","phone_setting.backlight_time":"60"}}
            """);
        ((string?)first["settings"]!["remote.password"]).Should().Be("********");

        var preview = await Send(HttpMethod.Post, $"{Policy}:preview", """{"language":"fr","settings":{"remote.password":"********","typo":"1"}}""");
        preview["changes"]!.AsArray().Select(c => (string)c!["key"]!).Should().BeEquivalentTo("language", "settings.phone_setting.backlight_time", "settings.typo");
        ((string?)preview["warnings"]![0]).Should().Contain("'typo'");
        ((string?)(await Get(Policy))["language"]).Should().Be("de", "nothing was saved");

        await Send(HttpMethod.Patch, $"{Policy}?updateMask=language", """{"language":"fr"}""");
        var revisions = (await Get($"{Policy}:listRevisions"))["revisions"]!.AsArray();
        revisions.Select(r => (long)r!["revision"]!).Should().Equal(2, 1);
        revisions.ToJsonString().Should().NotContain("geheim");
        var back = await Send(HttpMethod.Post, $"{Policy}:rollback", """{"revision":1}""");
        ((string?)back["language"]).Should().Be("de");
        ((string?)back["models"]![0]).Should().Be("yealink/T46S");
    }

    [Fact]
    public async Task DefaultPolicy_Preview_CountsEveryPhoneOfTheTenant()
    {
        await Send(HttpMethod.Post, "/v1/tenants/counted/devices", """{"mac":"001565ae0101"}""");
        await Send(HttpMethod.Post, "/v1/tenants/counted/devices", """{"mac":"001565ae0102"}""");

        var preview = await Send(HttpMethod.Post, "/v1/tenants/counted/policies/default:preview", """{"language":"fr"}""");

        ((long?)preview["deviceCount"]).Should().Be(2);
    }

    [Fact]
    public async Task Setting_OfTheGatewaysOwn_IsRefusedByName() =>
        (await Send(HttpMethod.Post, "/v1/tenants/layers/policies", """{"policyId":"evil","settings":{"account.1.password":"x"}}"""))
            .ToJsonString().Should().Contain("POLICY_INVALID").And.Contain("account.1.password");

    [Fact]
    public async Task Device_IsMoved_AndTellsWhatItHas()
    {
        await Send(HttpMethod.Post, "/v1/tenants/layers/devices", """{"mac":"001565ae0002","location":"A"}""");

        var moved = await Send(HttpMethod.Patch, "/v1/tenants/layers/devices/001565ae0002?updateMask=location", """{"location":"B"}""");

        ((string?)moved["location"]).Should().Be("B");
        var config = await Get("/v1/tenants/layers/devices/001565ae0002/effectiveConfig");
        ((string?)config["values"]![0]!["layer"]).Should().Be("SITE");
        ((int?)(await Get("/v1/tenants/layers/devices/001565aeffff/effectiveConfig"))["code"]).Should().Be(5);
    }

    private Task<JsonNode> Get(string path) => Send(HttpMethod.Get, path, null);

    private async Task<JsonNode> Send(HttpMethod method, string path, string? body)
    {
        using var client = new HttpClient { BaseAddress = api.Rest };
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", api.Key);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
