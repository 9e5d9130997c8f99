using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace SipGateway.Cluster.Tests;

/// <summary>An administrator's program that asks again, with the same request id, until it is answered.</summary>
internal sealed class RetryingAdmin : IDisposable
{
    private readonly HttpClient _http;

    public RetryingAdmin(TestCluster cluster)
    {
        _http = new HttpClient { BaseAddress = cluster.AdminAddress, Timeout = TimeSpan.FromSeconds(5) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", cluster.AdminKey);
    }

    /// <summary>Answers that were neither success nor "try again".</summary>
    public List<string> Refusals { get; } = [];

    public Task<JsonNode?> GetAsync(string path, TimeSpan patience) => AskAsync(() => new HttpRequestMessage(HttpMethod.Get, path), patience);

    public Task<JsonNode?> PostAsync(string path, object body, TimeSpan patience) =>
        AskAsync(() => new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) }, patience);

    public Task<JsonNode?> DeleteAsync(string path, TimeSpan patience) => AskAsync(() => new HttpRequestMessage(HttpMethod.Delete, path), patience);

    public void Dispose() => _http.Dispose();

    /// <returns>Null when patience ran out.</returns>
    private async Task<JsonNode?> AskAsync(Func<HttpRequestMessage> make, TimeSpan patience)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < patience)
        {
            try
            {
                using var request = make();
                using var answer = await _http.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.IsSuccessStatusCode)
                    return JsonNode.Parse(text);

                // A phone that has not yet come back with its own credential will; a person would wait, too.
                if (answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.GatewayTimeout)
                    && !text.Contains("CREDENTIAL_NOT_PROVED", StringComparison.Ordinal))
                {
                    lock (Refusals)
                        Refusals.Add($"{request.Method} {request.RequestUri}: {(int)answer.StatusCode}: {text}");
                    return null;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
            {
                // Nobody there, or not in time: asked again.
            }

            await Task.Delay(100);
        }

        return null;
    }
}
