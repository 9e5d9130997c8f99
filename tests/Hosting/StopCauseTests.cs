using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SipGateway.Hosting.Tests;

public sealed class StopCauseTests
{
    [Fact]
    public async Task Host_WhosePartFails_NamesThePartAndWhatToDo()
    {
        using var host = await RunAsync(new Part(new InvalidOperationException("no more")), new Part(null));

        StopCause.Of(host.Services.GetServices<IHostedService>()).Should().Contain("Part failed (InvalidOperationException: no more)").And.Contain("Start it again");
    }

    [Fact]
    public async Task Host_ThatWasStopped_HasNothingToSay()
    {
        using var host = await RunAsync(new Part(null));

        StopCause.Of(host.Services.GetServices<IHostedService>()).Should().BeNull();
    }

    private static async Task<IHost> RunAsync(params Part[] parts)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        foreach (var part in parts) builder.Services.AddSingleton<IHostedService>(part);
        var host = builder.Build();
        await host.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        if (parts.All(p => p.Failure is null)) host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await host.WaitForShutdownAsync(patience.Token);
        return host;
    }

    private sealed class Part(Exception? failure) : BackgroundService
    {
        public Exception? Failure => failure;

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            if (failure is not null) throw failure;
            await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
