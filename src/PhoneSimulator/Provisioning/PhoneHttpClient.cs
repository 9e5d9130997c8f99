using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.Http.Headers;

namespace SipGateway.PhoneSimulator;

/// <summary>One answer to a GET.</summary>
/// <param name="StatusCode">The final status.</param>
/// <param name="Content">The octets; empty when there are none.</param>
/// <param name="Redirects">How many redirects were followed.</param>
/// <param name="RefreshSeconds">What a Refresh header asks for; 0 for none.</param>
internal sealed record PhoneHttpAnswer(int StatusCode, byte[] Content, int Redirects, int RefreshSeconds)
{
    public bool IsSuccess => StatusCode is >= 200 and < 300;
}

/// <summary>HTTP as the phone speaks it: its own user agent, 301 and 302 followed and no other redirect, its own trust.</summary>
internal sealed class PhoneHttpClient : IDisposable
{
    private const int MaxRedirects = 5;

    /// <summary>Most octets of an answer: a phone's flash is small, and a file of more is a mistake.</summary>
    private const int MaxContentBytes = 1024 * 1024;

    private readonly HttpClient _http;

    public PhoneHttpClient(PhoneOptions options, PhoneMemory memory)
    {
        var settings = memory.Settings;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = options.HttpTimeout,
            SslOptions = new PhoneTrust(options, memory).For(host: null),
        };
        if (options.LocalAddress is { } local)
        {
            handler.ConnectCallback = (context, cancellation) => ConnectFromAsync(local, context.DnsEndPoint, cancellation);
        }

        if (options.Dialect.Profile(settings, options).Login is { } login)
        {
            handler.Credentials = new NetworkCredential(login.User, login.Password);
        }

        _http = new HttpClient(handler) { Timeout = options.HttpTimeout, MaxResponseContentBufferSize = MaxContentBytes };
        _http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", options.Dialect.HttpUserAgent(options, settings));
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
    }

    /// <exception cref="HttpRequestException">There was no answer, or one that is too long, or its certificate is not
    /// trusted.</exception>
    /// <exception cref="TaskCanceledException">The time is up.</exception>
    public async Task<PhoneHttpAnswer> GetAsync(Uri url, CancellationToken cancellation)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var response = await _http.GetAsync(url, cancellation).ConfigureAwait(false);
            var isRedirect = response.StatusCode is HttpStatusCode.Found or HttpStatusCode.MovedPermanently;
            if (isRedirect && response.Headers.Location is { } location && redirects < MaxRedirects)
            {
                url = new Uri(url, location);
                continue;
            }

            var content = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
            var refresh = response.Headers.TryGetValues("Refresh", out var values) ? values.First().Split(';')[0] : null;
            _ = int.TryParse(refresh, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
            return new PhoneHttpAnswer((int)response.StatusCode, content, redirects, seconds);
        }
    }

    public void Dispose() => _http.Dispose();

    // One phone has one address: what it fetches comes from where it registers.
    private static async ValueTask<Stream> ConnectFromAsync(IPAddress local, DnsEndPoint server, CancellationToken cancellation)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(local, 0));
            await socket.ConnectAsync(server, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
