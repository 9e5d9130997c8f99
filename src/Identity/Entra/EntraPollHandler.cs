using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SipGateway.Identity;

/// <summary>
/// Stands between the library and the token endpoint, because the library ends an attempt at the first <c>slow_down</c>, at 429, at 5xx
/// and at
/// an error without a description (optional in RFC 6749 §5.2). Here such an answer is waited out and shown to it as
/// <c>authorization_pending</c>.
/// One handler belongs to one attempt.
/// </summary>
internal sealed class EntraPollHandler(HttpMessageHandler inner, TimeProvider time) : DelegatingHandler(inner)
{
    private TimeSpan extra;
    private int faultsInARow;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!IsPoll(request))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException)
        {
            return await BackOffAsync(null, cancellationToken);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        var error = await ErrorAsync(response, cancellationToken);
        if (error.Length == 0 || response.StatusCode == HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500)
        {
            using (response)
            {
                return await BackOffAsync(response.Headers.RetryAfter, cancellationToken);
            }
        }

        faultsInARow = 0;
        return await SlowAsync(response, error, cancellationToken);
    }

    private async Task<HttpResponseMessage> SlowAsync(HttpResponseMessage response, string error, CancellationToken cancellation)
    {
        if (error == "slow_down")
        {
            extra += DevicePollRules.SlowDownStep;
        }

        if (error is "slow_down" or "authorization_pending")
        {
            // The library waits its interval on top of this; together they are the interval that RFC 8628 §3.5 asks for.
            await Task.Delay(extra, time, cancellation);
            response.Dispose();
            return Pending();
        }

        await DescribeAsync(response, error, cancellation);
        return response;
    }

    private async Task<HttpResponseMessage> BackOffAsync(RetryConditionHeaderValue? retryAfter, CancellationToken cancellation)
    {
        var doubled = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, faultsInARow++), DevicePollRules.MaxBackOff.TotalSeconds));
        var asked = retryAfter switch { { Delta: { } delta } => delta, { Date: { } date } => date - time.GetUtcNow(), _ => TimeSpan.Zero };
        await Task.Delay(asked > doubled ? asked : doubled, time, cancellation);
        return Pending();
    }

    // This client asks for tokens with the device grant only, so what goes to the token endpoint is a poll.
    private static bool IsPoll(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith("/token", StringComparison.Ordinal);

    private static async Task<string> ErrorAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await response.Content.LoadIntoBufferAsync(cancellation);
        try
        {
            using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
            return DeviceCodeReply.Text(document.RootElement, "error");
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static async Task DescribeAsync(HttpResponseMessage response, string error, CancellationToken cancellation)
    {
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellation))!.AsObject();
        body.TryAdd("error_description", error);
        response.Content = Json(body.ToJsonString());
    }

    private static HttpResponseMessage Pending() => new(HttpStatusCode.BadRequest)
    {
        Content = Json("""{"error":"authorization_pending","error_description":"Waiting for the user."}"""),
    };

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
