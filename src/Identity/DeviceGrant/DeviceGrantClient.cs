using System.Net;
using System.Text.Json;

namespace SipGateway.Identity;

/// <summary>The two requests of RFC 8628. No answer, however odd, becomes an exception; only the caller's own cancellation does.</summary>
internal sealed class DeviceGrantClient(HttpClient http, DeviceGrantCredentials credentials, TimeProvider time, TimeSpan requestTimeout)
{
    private const string GrantType = "urn:ietf:params:oauth:grant-type:device_code";

    /// <summary>RFC 8628 §3.1. Null reply: <c>Unreachable</c> says whether another try may help.</summary>
    public async Task<(DeviceCodeReply? Reply, bool Unreachable, string Error)> AskCodeAsync(
        DeviceGrantServer server, IEnumerable<KeyValuePair<string, string>> extra, CancellationToken cancellation)
    {
        var (status, root, _) = await PostAsync(
            server.DeviceAuthorizationEndpoint, [.. extra, new("scope", credentials.Scope)], cancellation);
        if (status == HttpStatusCode.OK && root is { } body)
        {
            return (DeviceCodeReply.Read(body), false, "");
        }

        return (null, IsTransient(status), root is { } error ? DeviceCodeReply.Text(error, "error") : "");
    }

    /// <summary>RFC 8628 §3.4 and §3.5.</summary>
    public async Task<PollAnswer> PollAsync(DeviceGrantServer server, string deviceCode, CancellationToken cancellation)
    {
        var (status, root, retryAfter) = await PostAsync(
            server.TokenEndpoint, [new("grant_type", GrantType), new("device_code", deviceCode)], cancellation);
        if (status == HttpStatusCode.OK)
        {
            var idToken = root is { } tokens ? DeviceCodeReply.Text(tokens, "id_token") : "";
            return idToken.Length > 0 ? new(PollAnswerKind.Tokens, idToken) : new(PollAnswerKind.Refused, Error: "no_id_token");
        }

        var error = root is { } body ? DeviceCodeReply.Text(body, "error") : "";
        return new(Classify(status, error), Error: error, RetryAfter: retryAfter);
    }

    private static PollAnswerKind Classify(HttpStatusCode? status, string error) => error switch
    {
        "authorization_pending" => PollAnswerKind.Pending,
        "slow_down" => PollAnswerKind.SlowDown,
        "access_denied" or "authorization_declined" => PollAnswerKind.Denied,
        "expired_token" or "code_expired" => PollAnswerKind.Expired,
        "server_error" or "temporarily_unavailable" => PollAnswerKind.Fault,
        _ when IsTransient(status) || error.Length == 0 => PollAnswerKind.Fault,
        _ => PollAnswerKind.Refused,
    };

    private static bool IsTransient(HttpStatusCode? status) =>
        status is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;

    private async Task<(HttpStatusCode? Status, JsonElement? Root, TimeSpan? RetryAfter)> PostAsync(
        Uri address, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(requestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            using var content = new FormUrlEncodedContent([.. form, .. credentials.Form]);
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
            request.Headers.Accept.Add(new("application/json"));
            using var response = await http.SendAsync(request, either.Token);
            return (response.StatusCode, Parse(await response.Content.ReadAsByteArrayAsync(either.Token)), RetryAfter(response));
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested
            && e is HttpRequestException or OperationCanceledException or IOException)
        {
            cancellation.ThrowIfCancellationRequested();
            return (null, null, null);
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Who the gateway is at the server.</summary>
/// <param name="ClientId">Its client id.</param>
/// <param name="ClientSecret">Empty for a public client.</param>
/// <param name="Scope">What it asks for.</param>
internal sealed record DeviceGrantCredentials(string ClientId, string ClientSecret, string Scope)
{
    public IEnumerable<KeyValuePair<string, string>> Form => ClientSecret.Length > 0
        ? [new("client_id", ClientId), new("client_secret", ClientSecret)]
        : [new("client_id", ClientId)];

    public override string ToString() => $"DeviceGrantCredentials {ClientId}";
}
