using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Serialization.Configuration;
using SipGateway.Grains.Interfaces;
using SipGateway.Identity;
using SipGateway.Storage;
using SipGateway.Trust;

namespace SipGateway.Silo.Tests;

/// <summary>A real embedded silo on a real SQLite file, put together as the gateway does; only the phones' grain is scripted.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private readonly IHost host;

    private TestSilo(IHost host, string directory, WarningLog log)
    {
        this.host = host;
        DataDirectory = directory;
        Warnings = log.Lines;
    }

    public string DataDirectory { get; }

    /// <summary>Everything that was printed at Warning or above.</summary>
    public ConcurrentQueue<string> Warnings { get; }

    public IGrainFactory Grains => Get<IGrainFactory>();

    public IInventoryReader Inventory => Get<IInventoryReader>();

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public static async Task<TestSilo> StartAsync(string? dataDirectory = null, PhoneScript? phones = null, ISignInAuthority? authority = null)
    {
        var directory = dataDirectory ?? Directory.CreateTempSubdirectory("sipgw-silo-").FullName;
        var log = new WarningLog();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton(KeyRing.Create());
        builder.Services.AddSingleton(phones ?? new PhoneScript());
        if (authority is not null) builder.Services.AddSingleton(authority);
        builder.AddSipGatewaySilo(new SiloOptions
        {
            Storage = new StorageOptions { DataDirectory = directory }, DuePollPeriod = TimeSpan.FromMilliseconds(50), TenantMaxAge = TimeSpan.FromMilliseconds(100),
        });
        builder.Services.PostConfigure<TypeManifestOptions>(o => o.InterfaceImplementations.RemoveWhere(
            t => t.IsAssignableTo(typeof(IDeviceGrain)) && t != typeof(ScriptedDevice)));
        var host = builder.Build();
        await host.StartAsync();
        return new TestSilo(host, directory, log);
    }

    public async Task StopAsync() => await host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    /// <summary>Waits until something holds, by asking again; at most 20 seconds.</summary>
    public static async Task Until(Func<Task<bool>> condition, string what)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            if (deadline.IsCancellationRequested) throw new TimeoutException($"Not within 20 seconds: {what}.");
            await tick.WaitForNextTickAsync();
        }
    }
}

/// <summary>Keeps what a person would see.</summary>
internal sealed class WarningLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
    }

    private sealed class Category(WarningLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Log(logLevel, eventId, state, exception, (s, e) => $"{name}: {formatter(s, e)}");
    }
}
