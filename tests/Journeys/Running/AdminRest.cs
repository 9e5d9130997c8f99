using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SipGateway.Journeys.Tests.Running;

/// <summary>The administrator, over REST.</summary>
internal sealed class AdminRest(HttpClient http) : IDisposable
{
    public Task<JsonNode> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<JsonNode> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    public Task<JsonNode> PatchAsync(string path, object body) => SendAsync(HttpMethod.Patch, path, body);

    public Task<JsonNode> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    /// <summary>The status alone, for calls that must be refused.</summary>
    public async Task<(HttpStatusCode Status, string Body)> TryAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }

        using var response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until a device is in a state.</summary>
    public Task<JsonNode> DeviceInStateAsync(string tenantPath, string mac, string state, TimeSpan limit) => Eventually.GetAsync(
        () => GetAsync($"{tenantPath}/devices/{mac}"),
        d => (string?)d["state"] == state,
        limit,
        $"device {mac} in state {state}");

    /// <summary>Waits until an operation has ended.</summary>
    public Task<JsonNode> OperationEndAsync(string name, TimeSpan limit) => Eventually.GetAsync(
        () => GetAsync($"/v1/{name}"),
        o => (bool?)o["done"] == true,
        limit,
        $"operation {name} done");

    public void Dispose() => http.Dispose();

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, object? body)
    {
        var (status, text) = await TryAsync(method, path, body);
        if ((int)status >= 300)
        {
            throw new InvalidOperationException($"{method} {path}: {(int)status}: {text}");
        }

        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text) ?? throw new JsonException(text);
    }
}
