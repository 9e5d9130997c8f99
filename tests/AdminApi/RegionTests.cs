using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SipGateway.AdminApi.Running;

namespace SipGateway.AdminApi.Tests;

/// <summary>Which region a tenant's phones may be sent to.</summary>
public sealed class RegionTests(RunningAdminApi api) : IClassFixture<RunningAdminApi>
{
    [Fact]
    public async Task Region_OfATenant_IsOneThatAnEdgeStandsIn()
    {
        const string Path = "/v1/tenants/regional?updateMask=settings.region";
        await Post("/v1/tenants", """{"tenantId":"regional"}""");
        var nowhere = await Send(HttpMethod.Patch, Path, """{"settings":{"region":"eu"}}""");
        nowhere.Status.Should().Be(HttpStatusCode.BadRequest);
        nowhere.Body.ToString().Should().Contain("REGION_UNKNOWN").And.Contain("are in none").And.Contain("--region eu first");
        await using var edge = await EdgeInBook.EnterAsync(api, "eu-1", "eu");
        (await Get("/v1/edges")).Body.GetProperty("edges")[0].GetProperty("region").GetString().Should().Be("eu");

        var there = await Send(HttpMethod.Patch, Path, """{"settings":{"region":"eu"}}""");
        var other = await Send(HttpMethod.Patch, Path, """{"settings":{"region":"uk"}}""");
        var noName = await Send(HttpMethod.Patch, Path, """{"settings":{"region":"E U"}}""");

        there.Body.GetProperty("settings").GetProperty("region").GetString().Should().Be("eu");
        other.Body.ToString().Should().Contain("REGION_UNKNOWN").And.Contain("are in eu. Take one of these");
        noName.Body.ToString().Should().Contain("SETTINGS_INVALID").And.Contain("lower-case letters");

        await edge.DisposeAsync();
        var elsewhere = await Send(HttpMethod.Patch, "/v1/tenants/regional?updateMask=settings.region,settings.codeDigits", """{"settings":{"region":"eu","codeDigits":7}}""");
        elsewhere.Status.Should().Be(HttpStatusCode.OK, "what stays as it is needs no edge: all of a region may be down");
        var none = await Send(HttpMethod.Patch, Path, """{"settings":{}}""");
        none.Body.GetProperty("settings").GetProperty("region").GetString().Should().BeEmpty();
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> Get(string path) => Send(HttpMethod.Get, path, null);

    private Task<(HttpStatusCode Status, JsonElement Body)> Post(string path, string? body) => Send(HttpMethod.Post, path, body);

    private async Task<(HttpStatusCode Status, JsonElement Body)> Send(HttpMethod method, string path, string? body)
    {
        using var client = new HttpClient { BaseAddress = api.Rest };
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", api.Key);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }
}
