using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SipGateway.Admin.V1;

namespace SipGateway.Pages;

/// <summary>Changes of phones' locations over the API, at a steady rate; each location says when it was asked for, so that a page shows how old it is.</summary>
internal sealed class Changes(Devices.DevicesClient devices, Metadata headers, string[] names)
{
    public const string Tenant = "tenants/default";

    // More than the gateway can have in its hands at the rates measured; without a limit a slow server would be measured at another rate.
    private const int MaxInFlight = 200;

    private readonly Random random = new(5);
    private int refused;

    public int DeviceCount => names.Length;

    public int Refused => refused;

    public static async Task<string[]> AllAsync(Devices.DevicesClient devices, Metadata headers)
    {
        var names = new List<string>();
        var request = new ListDevicesRequest { Parent = Tenant, PageSize = 1000 };
        do
        {
            var page = await devices.ListDevicesAsync(request, headers);
            names.AddRange(page.Devices.Select(d => d.Name));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return [.. names];
    }

    /// <returns>How many were made.</returns>
    public async Task<int> RunAsync(int perSecond, TimeSpan window)
    {
        using var room = new SemaphoreSlim(MaxInFlight);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var began = TimeProvider.System.GetTimestamp();
        var begun = 0;
        while (TimeProvider.System.GetElapsedTime(began) is var elapsed && elapsed < window)
        {
            for (; begun < elapsed.TotalSeconds * perSecond; begun++)
            {
                await room.WaitAsync();
                _ = ChangeAsync(names[random.Next(names.Length)], room);
            }

            await timer.WaitForNextTickAsync();
        }

        for (var n = 0; n < MaxInFlight; n++) await room.WaitAsync();
        return begun;
    }

    /// <summary>Changes every phone once, as fast as it goes.</summary>
    public async Task TouchAllAsync()
    {
        using var room = new SemaphoreSlim(MaxInFlight);
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (name, cancellation) =>
        {
            await room.WaitAsync(cancellation);
            await ChangeAsync(name, room);
        });
    }

    private async Task ChangeAsync(string name, SemaphoreSlim room)
    {
        var location = string.Create(CultureInfo.InvariantCulture, $"t{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}");
        try
        {
            await devices.UpdateDeviceAsync(
                new UpdateDeviceRequest { Device = new Device { Name = name, Location = location }, UpdateMask = FieldMask.FromString("location") }, headers);
        }
        catch (RpcException failure)
        {
            if (Interlocked.Increment(ref refused) == 1) await Console.Error.WriteLineAsync($"a change was refused: {failure.Status}");
        }
        finally
        {
            room.Release();
        }
    }
}
