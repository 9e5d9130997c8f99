using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SipGateway.Identity.Tests;

/// <summary>One request that the server saw.</summary>
public sealed record Seen(string Path, IReadOnlyDictionary<string, string> Form, DateTimeOffset AtUtc);

/// <summary>A real HTTPS server whose answers are scripted by path; the last answer of a path repeats.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<HttpContext, Task>>> scripts = new();

    private ScriptedServer(WebApplication app, TimeProvider time)
    {
        this.app = app;
        this.time = time;
    }

    public Uri Address { get; private set; } = null!;

    public ConcurrentQueue<Seen> Requests { get; } = new();

    public IEnumerable<Seen> At(string path) => Requests.Where(r => r.Path == path);

    public static async Task<ScriptedServer> StartAsync(TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(k =>
            k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(TestCa.Instance.Server)));
        var app = builder.Build();
        var server = new ScriptedServer(app, time ?? TimeProvider.System);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        var bound = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        server.Address = new UriBuilder(bound) { Host = "gateway.test" }.Uri;
        return server;
    }

    public ScriptedServer On(string path, Func<HttpContext, Task> answer)
    {
        scripts.GetOrAdd(path, _ => new()).Enqueue(answer);
        return this;
    }

    public ScriptedServer On(string path, int status, string body, params (string Name, string Value)[] headers) => On(path, async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(body);
    });

    public HttpMessageHandler Handler() => PrivateTrustHandler.Create(
        () => new IPEndPoint(IPAddress.Loopback, Address.Port), () => TestCa.Instance.Roots);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : null;
        var path = context.Request.Path.Value!;
        Requests.Enqueue(new(path, form?.ToDictionary(f => f.Key, f => f.Value.ToString()) ?? [], time.GetUtcNow()));
        if (!scripts.TryGetValue(path, out var script))
        {
            context.Response.StatusCode = 404;
            return;
        }

        Func<HttpContext, Task>? answer;
        lock (script)
        {
            _ = script.Count > 1 ? script.TryDequeue(out answer) : script.TryPeek(out answer);
        }

        await answer!(context);
    }
}
