using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Grains.Devices;

internal sealed partial class DeviceGrain
{
    private int Line => LineKey.LineOf(Mac);

    private string SipUserOf(uint epoch) => new DeviceSipUser(LineKey.MacOf(Mac), (byte)Line, epoch).Format(ring);

    public async Task<LineConfig> JoinLine(JoinLineCommand command)
    {
        var change = Begin();
        LineRules.Join(command, change, Fresh());
        await LookAtUser(change, force: true);
        var config = await ConfigAsync(change.Next);
        FetchRules.NoteDelivery(change, config.Hash);
        if (change.HasChanged) await CommitAsync(change);
        else storage.State = change.Next;
        return LineRules.Config(config, Mac);
    }

    public async Task LineChanged(string tenant)
    {
        if (storage.State.Seat?.Tenant != tenant) return;
        var change = await BeginAsync();
        NotifyRules.OrderResync(change);
        await CommitAsync(change);
    }

    /// <summary>The other lines that this tenant has of the device, as far as the device has that many; each comes to its seat by this.</summary>
    private async Task<ImmutableArray<LineConfig>> LinesAsync(DeviceSeat seat, FetchConfigCommand command)
    {
        var join = new JoinLineCommand
        {
            Tenant = seat.Tenant, Trust = seat.Trust, Phone = command.Phone, Source = command.Source, IsBoot = command.File.IsBoot(),
        };
        var lines = await inventory.FindLinesAsync(seat.Tenant, Mac, CancellationToken.None);
        var joined = lines.Where(line => LineKey.LineOf(line.Mac) <= command.Lines)
            .Select(line => GrainFactory.GetGrain<IDeviceGrain>(line.Mac).JoinLine(join));
        return [.. await Task.WhenAll(joined)];
    }

    /// <summary>
    /// A line that is new or gone is part of its device's file. Lost news costs nothing for good: the phone fetches once a day, and the next code
    /// that is made tells it again.
    /// </summary>
    private async Task TellDevice(AdminContext by, CommandOutcome outcome)
    {
        if (Line > 1 && outcome.Status == CommandStatus.Done && !by.ValidateOnly)
            await GrainFactory.GetGrain<IDeviceGrain>(LineKey.MacOf(Mac)).LineChanged(by.Tenant);
    }

    private async Task DeleteLines(AdminContext by)
    {
        foreach (var line in await inventory.FindLinesAsync(by.Tenant, Mac, CancellationToken.None))
            await GrainFactory.GetGrain<IDeviceGrain>(line.Mac).Delete(by with { CommandId = $"{by.CommandId}/{line.Mac}", ExpectedVersion = null });
    }
}
