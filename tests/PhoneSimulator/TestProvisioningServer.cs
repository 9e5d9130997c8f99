using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace SipGateway.PhoneSimulator.Tests;

/// <summary>A small provisioning server over real http and https: serves what it is given and remembers who asked.</summary>
internal sealed class TestProvisioningServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestProvisioningServer(WebApplication app, X509Certificate2 certificate)
    {
        _app = app;
        Certificate = certificate;
    }

    public ConcurrentDictionary<string, Func<HttpContext, IResult>> Files { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<(string Path, string UserAgent)> Requests { get; } = new();

    public X509Certificate2 Certificate { get; }

    public string CertificatePem => Certificate.ExportCertificatePem();

    /// <summary>The subjects of the certificates that phones showed.</summary>
    public ConcurrentQueue<string> ClientSubjects { get; } = new();

    public Uri Http => Addresses[0];

    public Uri Https => Addresses[1];

    private Uri[] Addresses => [.. _app.Urls.Order(StringComparer.Ordinal).Select(url => new Uri(url + "/"))];

    public static async Task<TestProvisioningServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var certificate = MakeCertificate("test gateway");
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listener => listener.UseHttps(certificate, https =>
            {
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            }));
        });
        var app = builder.Build();
        var server = new TestProvisioningServer(app, certificate);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public void Serve(string path, string content) => Files[path] = _ => Results.Text(content, "text/plain");

    public void Redirect(string path, string location, int status) => Files[path] = context =>
    {
        context.Response.Headers.Location = location;
        return Results.StatusCode(status);
    };

    public string[] PathsAsked() => [.. Requests.Select(request => request.Path)];

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Connection.ClientCertificate is { } shown)
        {
            ClientSubjects.Enqueue(shown.Subject);
        }

        Requests.Enqueue((context.Request.Path, context.Request.Headers.UserAgent.ToString()));
        var result = Files.TryGetValue(context.Request.Path, out var answer) ? answer(context) : Results.NotFound();
        await result.ExecuteAsync(context);
    }

    public static X509Certificate2 MakeCertificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
