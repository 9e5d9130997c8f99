using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SipGateway.Edge.Tests.Sip;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>Provisioning on a real Kestrel with http and https, in front of the silo of the whole assembly.</summary>
public sealed class ProvisioningServer : IAsyncDisposable
{
    public const string CaPem = "-----BEGIN CERTIFICATE-----\nTEST\n-----END CERTIFICATE-----\n";

    private readonly WebApplication app;
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    });

    private ProvisioningServer(WebApplication app, LogTape log)
    {
        this.app = app;
        Log = log;
    }

    public LogTape Log { get; }

    public int HttpPort { get; private set; }

    public int HttpsPort { get; private set; }

    public int MtlsPort { get; private set; }

    public IServiceProvider Services => app.Services;

    /// <param name="edge">The silo behind it.</param>
    /// <param name="change">Other options than a test's usual ones.</param>
    /// <param name="least">The tape keeps everything from here: a test of a hundred thousand requests has no use for each one's trace.</param>
    /// <param name="services">Other parts than the usual ones.</param>
    public static async Task<ProvisioningServer> StartAsync(
        EdgeFixture edge,
        Func<ProvisioningOptions, ProvisioningOptions>? change = null,
        LogLevel least = LogLevel.Trace,
        Action<IServiceCollection>? services = null)
    {
        ProvisioningServer? self = null;
        var builder = WebApplication.CreateSlimBuilder();
        var log = new LogTape();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(least);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.Listen(IPAddress.Loopback, 0);
            k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(SelfSigned()));
            k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(SelfSigned(), h =>
            {
                h.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                h.AllowAnyClientCertificate();
            }));
        });
        builder.Services.AddSingleton(edge.Ring);
        builder.Services.AddSingleton(edge.Grains);
        var options = new ProvisioningOptions
        {
            PublicHost = "127.0.0.1",
            SipDomain = "gateway.test",
            HttpPort = () => self!.HttpPort,
            HttpsPort = () => self!.HttpsPort,
            MtlsPort = () => self!.MtlsPort,
            SipPort = () => 5060,
            CaCertificatePem = CaPem,
            RequestsPerSource = 100_000,
            BootstrapsPerSource = 100_000,
            RequestsPerDevice = 1000,
        };
        services?.Invoke(builder.Services);
        builder.Services.AddEdgeProvisioning(change?.Invoke(options) ?? options);
        var app = builder.Build();
        app.MapProvisioning();
        self = new ProvisioningServer(app, log);
        await app.StartAsync();
        var urls = app.Urls.Select(u => new Uri(u)).ToArray();
        self.HttpPort = urls.Single(u => u.Scheme == "http").Port;
        self.HttpsPort = urls.First(u => u.Scheme == "https").Port;
        self.MtlsPort = urls.Last(u => u.Scheme == "https").Port;
        return self;
    }

    public async Task<PhoneAnswer> GetAsync(string path, string userAgent, bool isSecure = false, HttpMethod? method = null, params (string, string)[] headers)
    {
        var root = isSecure ? $"https://127.0.0.1:{HttpsPort}" : $"http://127.0.0.1:{HttpPort}";
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path.StartsWith("http", StringComparison.Ordinal) ? path : root + path);
        if (userAgent.Length > 0) request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await AnswerAsync(http, request);
    }

    /// <summary>Over the port that asks for a certificate, with this one; null: with none.</summary>
    public async Task<PhoneAnswer> GetAsync(string path, string userAgent, X509Certificate2? certificate)
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            SslOptions =
            {
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
                ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
            },
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://127.0.0.1:{MtlsPort}{path}");
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        return await AnswerAsync(client, request);
    }

    private static async Task<PhoneAnswer> AnswerAsync(HttpClient client, HttpRequestMessage request)
    {
        using var response = await client.SendAsync(request);
        var all = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        return new PhoneAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), all) { Octets = await response.Content.ReadAsByteArrayAsync() };
    }

    /// <summary>Bytes as they are, because no client library would send them.</summary>
    public async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, HttpPort);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}

/// <summary>An answer as a phone sees it.</summary>
public sealed record PhoneAnswer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>As they came.</summary>
    public byte[] Octets { get; init; } = [];

    /// <summary>The value of a setting; fails when it is not there exactly once.</summary>
    public string this[string key] => Text.Split('\n').Single(l => l.StartsWith(key + " = ", StringComparison.Ordinal))[(key.Length + 3)..];
}

/// <summary>Everything that was logged, at every level.</summary>
public sealed class LogTape : ILoggerProvider, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> lines = new();

    public string Text => string.Join('\n', lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{logLevel} {formatter(state, exception)}");

    public void Dispose()
    {
    }
}
