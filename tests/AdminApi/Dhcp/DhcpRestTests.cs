using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SipGateway.AdminApi.Running;
using SipGateway.Grains.Interfaces;

namespace SipGateway.AdminApi.Tests;

/// <summary>The same over REST, and the address that an edge told.</summary>
public sealed class DhcpRestTests(RunningAdminApi api) : IClassFixture<RunningAdminApi>
{
    [Fact]
    public async Task Snippets_WithoutAUrl_NameWhatTheEdgesTellPhones()
    {
        var (status, error) = await Get("/v1/dhcpSnippets?server=KEA");
        status.Should().Be(HttpStatusCode.BadRequest, "no edge is there yet");
        error.GetProperty("details")[0].GetProperty("reason").GetString().Should().Be("NO_EDGE");

        await RenewAsync("e1", "http://one.example.com:8080");
        var (_, one) = await Get("/v1/dhcpSnippets?server=KEA");
        one.GetProperty("dhcpSnippets")[0].GetProperty("provisioningUrl").GetString().Should().Be("http://one.example.com:8080/dhcp/");
        one.GetProperty("dhcpSnippets")[0].GetProperty("name").GetString().Should().Be("dhcpSnippets/KEA");

        await RenewAsync("e2", "http://two.example.com:8080");
        var (_, all) = await Get("/v1/dhcpSnippets");
        all.GetProperty("dhcpSnippets").GetArrayLength().Should().Be(5);
        all.GetProperty("dhcpSnippets")[0].GetProperty("notes").ToString().Should().Contain("http://two.example.com:8080");
    }

    [Fact]
    public async Task Snippets_WhatCannotBeSaid_NamesTheFields()
    {
        var (status, error) = await Get("/v1/dhcpSnippets?server=ISC&provisioningUrl=http%3A%2F%2Fa%2F&ntpServers=pool.ntp.org&timeZone=Nowhere");

        status.Should().Be(HttpStatusCode.BadRequest);
        error.ToString().Should().Contain("ntp_servers").And.Contain("time_zone");
        (await Get("/v1/dhcpSnippets?server=9&provisioningUrl=http%3A%2F%2Fa%2F")).Status.Should().Be(HttpStatusCode.BadRequest);
    }

    // As its own grain notes an edge.
    private Task RenewAsync(string edge, string root) => api.Services.GetRequiredService<IGrainFactory>().GetGrain<IEdgeListGrain>(IEdgeListGrain.Key).Note(new EdgeView
    {
        Facts = new EdgeFacts { EdgeId = edge, StartedAtUtc = DateTimeOffset.UnixEpoch, SipEndpoint = "127.0.0.1:5060", ProvisioningRoot = root },
        RenewedAtUtc = TimeProvider.System.GetUtcNow(),
    });

    private async Task<(HttpStatusCode Status, JsonElement Body)> Get(string path)
    {
        using var client = new HttpClient { BaseAddress = api.Rest };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", api.Key);
        using var answer = await client.GetAsync(path);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }
}
