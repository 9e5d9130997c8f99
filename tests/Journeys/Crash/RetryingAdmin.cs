using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace SipGateway.Journeys.Tests.Crash;

/// <summary>An administrator's program that asks again, with the same request id, until it is answered.</summary>
internal sealed class RetryingAdmin : IDisposable
{
    private readonly HttpClient http;
    private readonly TimeSpan patience;

    public RetryingAdmin(Uri address, string key, TimeSpan patience)
    {
        this.patience = patience;
        http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(6) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Task<JsonNode> GetAsync(string path) => AskAsync(() => new HttpRequestMessage(HttpMethod.Get, path));

    public Task<JsonNode> PostAsync(string path, object body) => AskAsync(() => new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) });

    public void Dispose() => http.Dispose();

    private async Task<JsonNode> AskAsync(Func<HttpRequestMessage> make)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var last = "no answer";
            try
            {
                using var request = make();
                using var answer = await http.SendAsync(request);
                last = await answer.Content.ReadAsStringAsync();
                if (answer.IsSuccessStatusCode)
                {
                    return JsonNode.Parse(last)!;
                }

                // Asked twice, done once: the answer of the first time was lost with the process.
                var isTransient = answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests
                    || last.Contains("CREDENTIAL_NOT_PROVED", StringComparison.Ordinal);
                if (!isTransient)
                {
                    throw new InvalidOperationException($"{request.Method} {request.RequestUri}: {(int)answer.StatusCode}: {last}");
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
            {
                last = e.Message;
            }

            if (watch.Elapsed > patience)
            {
                throw new TimeoutException(last);
            }

            await Task.Delay(200);
        }
    }
}
