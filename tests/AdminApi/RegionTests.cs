using System.Net;
using SipGateway.AdminApi.Running;
using SipGateway.AdminApi.Tests.Access;

namespace SipGateway.AdminApi.Tests;

/// <summary>Which region a tenant's phones may be sent to.</summary>
public sealed class RegionTests(RunningAdminApi api) : IClassFixture<RunningAdminApi>
{
    [Fact]
    public async Task Region_OfATenant_IsOneThatAnEdgeStandsIn()
    {
        const string Path = "/v1/tenants/regional?updateMask=settings.region";
        using var admin = new RestCaller(api.Rest, api.Key);
        await admin.PostAsync("/v1/tenants", """{"tenantId":"regional"}""");
        var nowhere = await admin.PatchAsync(Path, """{"settings":{"region":"eu"}}""");
        nowhere.Status.Should().Be(HttpStatusCode.BadRequest);
        nowhere.Body.ToString().Should().Contain("REGION_UNKNOWN").And.Contain("are in none").And.Contain("--region eu first");
        await using var edge = await EdgeInBook.EnterAsync(api, "eu-1", "eu");
        (await admin.GetAsync("/v1/edges")).Body.GetProperty("edges")[0].GetProperty("region").GetString().Should().Be("eu");

        var there = await admin.PatchAsync(Path, """{"settings":{"region":"eu"}}""");
        var other = await admin.PatchAsync(Path, """{"settings":{"region":"uk"}}""");
        var noName = await admin.PatchAsync(Path, """{"settings":{"region":"E U"}}""");

        there.Body.GetProperty("settings").GetProperty("region").GetString().Should().Be("eu");
        other.Body.ToString().Should().Contain("REGION_UNKNOWN").And.Contain("are in eu. Take one of these");
        noName.Body.ToString().Should().Contain("SETTINGS_INVALID").And.Contain("lower-case letters");

        await edge.DisposeAsync();
        var elsewhere = await admin.PatchAsync("/v1/tenants/regional?updateMask=settings.region,settings.codeDigits", """{"settings":{"region":"eu","codeDigits":7}}""");
        elsewhere.Status.Should().Be(HttpStatusCode.OK, "what stays as it is needs no edge: all of a region may be down");
        var none = await admin.PatchAsync(Path, """{"settings":{}}""");
        none.Body.GetProperty("settings").GetProperty("region").GetString().Should().BeEmpty();
    }
}
