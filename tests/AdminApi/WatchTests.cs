using System.Net.Http.Headers;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using SipGateway.Admin.V1;
using SipGateway.AdminApi.Running;

namespace SipGateway.AdminApi.Tests;

/// <summary>Devices as they change: all of them first, then what happens, also over a break.</summary>
public sealed class WatchTests(RunningAdminApi api) : IClassFixture<RunningAdminApi>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Watch_BeginsWithAll_ThenTellsWhatIsNewAndGone()
    {
        await ClaimAsync("watched", "001565b00001");
        using var watch = Watch("watched");

        (await NextAsync(watch, n => n.Device is not null)).Device.Mac.Should().Be("001565b00001");
        await NextAsync(watch, n => n.Synced);
        await ClaimAsync("watched", "001565b00002");
        (await NextAsync(watch, n => n.Device?.Mac == "001565b00002")).Device.Location.Should().Be("Here");
        await SendAsync(HttpMethod.Delete, "/v1/tenants/watched/devices/001565b00001", null);
        await NextAsync(watch, n => n.Removed == "tenants/watched/devices/001565b00001");
    }

    [Fact]
    public async Task Watch_Resumed_TellsWhatHappenedMeanwhile_AndNothingElse()
    {
        foreach (var mac in new[] { "001565b00101", "001565b00102" }) await ClaimAsync("resumed", mac);
        string token;
        using (var first = Watch("resumed")) token = (await NextAsync(first, n => n.Synced)).ResumeToken;
        await ClaimAsync("resumed", "001565b00103");
        await SendAsync(HttpMethod.Delete, "/v1/tenants/resumed/devices/001565b00101", null);

        using var watch = Watch("resumed", token);
        var told = new List<WatchDevicesResponse>();
        await NextAsync(watch, n =>
        {
            told.Add(n);
            return n.Synced;
        });

        told.Where(n => n.Device is not null).Select(n => n.Device.Mac).Should().Equal("001565b00103");
        told.Where(n => n.Removed.Length > 0).Select(n => n.Removed).Should().Equal("tenants/resumed/devices/001565b00101");
    }

    [Fact]
    public async Task Watch_OfChangesOnly_TellsNothingOfWhatWasThere()
    {
        await ClaimAsync("changing", "001565b00151");
        using var watch = Watch("changing", changesOnly: true);
        (await NextAsync(watch, _ => true)).Synced.Should().BeTrue("what was there is not told");
        await ClaimAsync("changing", "001565b00152");
        await NextAsync(watch, n => n.Device?.Mac == "001565b00152");

        await SendAsync(HttpMethod.Delete, "/v1/tenants/changing/devices/001565b00151", null);
        await NextAsync(watch, n => n.Removed == "tenants/changing/devices/001565b00151");
    }

    [Fact]
    public async Task Watch_TellsThatADeviceNeedsAttention_AndThatItNoLongerDoes()
    {
        await ClaimAsync("attended", "001565b00161");
        using var watch = Watch("attended", changesOnly: true);
        await NextAsync(watch, n => n.Synced);

        await SendAsync(HttpMethod.Post, "/v1/tenants/attended/devices/001565b00161:restart", "{}");
        (await NextAsync(watch, n => n.Device is not null)).Device.Attention.Should().Equal(Device.Types.AttentionReason.OperationFailed);
        await SendAsync(HttpMethod.Post, "/v1/tenants/attended/devices/001565b00161:resolveAttention", "{}");
        await NextAsync(watch, n => n.Device?.Attention.Count == 0);
    }

    [Fact]
    public async Task Watch_OfOneTenant_HearsNothingOfAnothers()
    {
        await ClaimAsync("mine", "001565b00201");
        using var watch = Watch("mine");
        await NextAsync(watch, n => n.Synced);

        await ClaimAsync("theirs", "001565b00202");
        await SendAsync(HttpMethod.Delete, "/v1/tenants/theirs/devices/001565b00202", null);
        await ClaimAsync("mine", "001565b00203");

        var told = new List<string>();
        await NextAsync(watch, n =>
        {
            told.Add(n.ToString());
            return n.Device?.Mac == "001565b00203";
        });
        told.Should().NotContain(n => n.Contains("001565b00202"));
    }

    [Theory]
    [InlineData("nonsense", StatusCode.InvalidArgument)]
    [InlineData("old", StatusCode.OutOfRange)]
    public async Task Watch_WithATokenThatIsNone_SaysToBeginAnew(string token, StatusCode status)
    {
        var tenant = $"token-{token}";
        await ClaimAsync(tenant, token == "old" ? "001565b00301" : "001565b00302");
        var given = token == "old" ? PageTokens.Wrap("1/1000000000", $"tenants/{tenant}") : token;

        var watching = async () =>
        {
            using var watch = Watch(tenant, given);
            await NextAsync(watch, n => n.Synced);
        };

        (await watching.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(status);
    }

    [Fact]
    public async Task Watch_OverRest_IsAStreamOfObjects()
    {
        await ClaimAsync("rested", "001565b00401");
        using var client = new HttpClient { BaseAddress = api.Rest };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", api.Key);
        await using var stream = await client.GetStreamAsync("/v1/tenants/rested/devices:watch");
        using var reader = new StreamReader(stream);

        (await reader.ReadLineAsync().WaitAsync(Patience)).Should().Contain("001565b00401");
        (await reader.ReadLineAsync().WaitAsync(Patience)).Should().Contain("synced").And.Contain("resumeToken");
    }

    [Fact]
    public async Task Watch_WithoutTheKey_IsRefused()
    {
        using var client = new HttpClient { BaseAddress = api.Rest };

        using var answer = await client.GetAsync("/v1/tenants/default/devices:watch");

        ((int)answer.StatusCode).Should().Be(401);
    }

    [Fact]
    public async Task Reader_ThatTakesNothing_IsToldToResume_AndHoldsNobodyUp()
    {
        var ended = 0;
        var watch = new DeviceWatch("acme", 7, _ => ended++);
        for (var n = 0; n < 200; n++) watch.Offer(new DeviceNews(n, _ => throw new InvalidOperationException("nobody reads")));

        var read = 0;
        var reading = async () =>
        {
            await foreach (var _ in watch.ReadAsync(default)) read++;
        };

        (await reading.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.Aborted);
        read.Should().Be(AdminApiLimits.MaxNewsWaiting);
        watch.Dispose();
        ended.Should().Be(1);
    }

    private AsyncServerStreamingCall<WatchDevicesResponse> Watch(string tenant, string token = "", bool changesOnly = false)
    {
        var client = new Devices.DevicesClient(GrpcChannel.ForAddress(api.Grpc));
        return client.WatchDevices(
            new WatchDevicesRequest { Parent = $"tenants/{tenant}", ResumeToken = token, ChangesOnly = changesOnly },
            new Metadata { { "authorization", $"Bearer {api.Key}" } });
    }

    private static async Task<WatchDevicesResponse> NextAsync(AsyncServerStreamingCall<WatchDevicesResponse> watch, Func<WatchDevicesResponse, bool> wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await watch.ResponseStream.MoveNext(patience.Token))
        {
            if (wanted(watch.ResponseStream.Current)) return watch.ResponseStream.Current;
        }

        throw new InvalidOperationException("The stream ended.");
    }

    private Task ClaimAsync(string tenant, string mac) =>
        SendAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/devices", $$"""{"mac":"{{mac}}","location":"Here"}""");

    private async Task SendAsync(HttpMethod method, string path, string? body)
    {
        using var client = new HttpClient { BaseAddress = api.Rest };
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", api.Key);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request);
        answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
    }
}
