using System.Net.Http.Headers;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using SipGateway.Admin.V1;
using SipGateway.AdminApi.Running;
using SipGateway.Hosting;

namespace SipGateway.AdminApi.Tests.Access;

/// <summary>A stream that is open when its key is taken back, or when its rights change.</summary>
public sealed class OpenStreamTests(RunningAdminApi api) : IClassFixture<RunningAdminApi>, IAsyncLifetime
{
    // A change of the file is seen after a pause, and streams are judged after one of their own.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async ValueTask InitializeAsync()
    {
        using var owner = new RestCaller(api.Rest, api.Key);
        await owner.PostAsync("/v1/tenants", """{"tenantId":"default"}""");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Watch_WhoseKeyIsTakenBack_EndsUnauthenticated_AndOthersGoOn()
    {
        var key = Add("leaver", "viewer");
        using var channel = GrpcChannel.ForAddress(api.Grpc);
        using var staying = Watch(channel, api.Key);
        using var watch = await OpenAsync(channel, key);
        await staying.ResponseStream.MoveNext(default);

        AdminKeysFile.Remove(api.NamedKeysPath, "leaver").Should().BeTrue();

        var error = await EndOf(watch);
        error.StatusCode.Should().Be(StatusCode.Unauthenticated);
        AdminErrors.ReasonOf(error).Should().Be("KEY_TAKEN_BACK");
        using var owner = new RestCaller(api.Rest, api.Key);
        await owner.PostAsync("/v1/tenants/default/devices", """{"mac":"001565ac0001"}""");
        (await staying.ResponseStream.MoveNext(default).WaitAsync(Patience)).Should().BeTrue();
    }

    [Fact]
    public async Task Watch_WhoseRightsChange_EndsAndIsJudgedAnew()
    {
        var key = Add("mover", "viewer");
        using var channel = GrpcChannel.ForAddress(api.Grpc);
        using var watch = await OpenAsync(channel, key);

        var text = await File.ReadAllTextAsync(api.NamedKeysPath);
        await File.WriteAllTextAsync(api.NamedKeysPath, text.Replace("mover viewer ", "mover viewer@elsewhere ", StringComparison.Ordinal));

        var error = await EndOf(watch);
        error.StatusCode.Should().Be(StatusCode.Aborted);
        AdminErrors.ReasonOf(error).Should().Be("RIGHTS_CHANGED");
        using var again = Watch(channel, key);
        (await EndOf(again)).StatusCode.Should().Be(StatusCode.PermissionDenied);
    }

    [Fact]
    public async Task Watch_OverRest_WhoseKeyIsTakenBack_EndsWithTheError()
    {
        using var client = new HttpClient { BaseAddress = api.Rest };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Add("rester", "viewer"));
        using var reader = new StreamReader(await OpenAsync(client));
        await reader.ReadLineAsync().WaitAsync(Patience);

        AdminKeysFile.Remove(api.NamedKeysPath, "rester").Should().BeTrue();

        var rest = await reader.ReadToEndAsync().WaitAsync(Patience);
        JsonDocument.Parse(rest.Trim().Split('\n')[^1]).RootElement.GetProperty("code").GetInt32().Should().Be(16, rest);
    }

    private static AsyncServerStreamingCall<WatchDevicesResponse> Watch(GrpcChannel channel, string key) => new Devices.DevicesClient(channel).WatchDevices(
        new WatchDevicesRequest { Parent = "tenants/default", ChangesOnly = true }, new Metadata { { "authorization", $"Bearer {key}" } });

    // A key that was just added counts as soon as the file was looked at.
    private static async Task<AsyncServerStreamingCall<WatchDevicesResponse>> OpenAsync(GrpcChannel channel, string key)
    {
        for (var tries = 1;; tries++)
        {
            var watch = Watch(channel, key);
            try
            {
                (await watch.ResponseStream.MoveNext(default)).Should().BeTrue();
                return watch;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unauthenticated && tries < 15)
            {
                watch.Dispose();
                await Task.Delay(50);
            }
        }
    }

    private static async Task<Stream> OpenAsync(HttpClient client)
    {
        for (var tries = 1;; tries++)
        {
            var answer = await client.GetAsync("/v1/tenants/default/devices:watch?changesOnly=true", HttpCompletionOption.ResponseHeadersRead);
            if (answer.IsSuccessStatusCode || tries == 15) return await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
            await Task.Delay(50);
        }
    }

    private static async Task<RpcException> EndOf(AsyncServerStreamingCall<WatchDevicesResponse> watch)
    {
        using var patience = new CancellationTokenSource(Patience);
        var read = async () =>
        {
            while (await watch.ResponseStream.MoveNext(patience.Token))
            {
            }
        };
        return (await read.Should().ThrowAsync<RpcException>()).Which;
    }

    private string Add(string name, string role)
    {
        var (key, kept) = NamedAdminKey.Create(name, AdminGrant.TryParse(role)!);
        AdminKeysFile.Add(api.NamedKeysPath, kept);
        return key;
    }
}
