using Microsoft.Identity.Client;

namespace SipGateway.Identity;

/// <summary>The one HTTP client of one attempt.</summary>
internal sealed class EntraHttpClients(HttpMessageHandler handler) : IMsalHttpClientFactory, IDisposable
{
    // An answer of Entra is a few kilobytes; what is longer is not one.
    private readonly HttpClient client = new(handler) { MaxResponseContentBufferSize = 1024 * 1024, Timeout = Timeout.InfiniteTimeSpan };

    public HttpClient GetHttpClient() => client;

    public void Dispose() => client.Dispose();
}
