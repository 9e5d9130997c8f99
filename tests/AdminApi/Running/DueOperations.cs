using Microsoft.Extensions.Hosting;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.AdminApi.Running;

/// <summary>Calls operations that are due, as every silo does.</summary>
internal sealed class DueOperations(IDueReader due, IGrainFactory grains, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var grain in await due.ReadAsync([.. Enumerable.Range(0, IDueReader.ShardCount)], time.GetUtcNow(), 100,
                stoppingToken))
            {
                if (grain.GrainType == "operation")
                {
                    await grains.GetGrain<IOperationGrain>(grain.Key).RunDue();
                }
            }
        }
    }
}
