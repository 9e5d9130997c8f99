using Microsoft.Extensions.Logging;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Grains;

internal sealed partial class DeviceGrain
{
    public Task<CommandOutcome> Restart(AdminContext context) => Command(context, change => RestartRules.Restart(change, context, NewOperationId("restart")));

    public Task<CommandOutcome> Resync(AdminContext context) => Command(context, change => RestartRules.Resync(change, context, NewOperationId("resync")));

    public Task ReportNotify(NotifyReport report) => Do("", change =>
    {
        PushRules.Report(change, report);
        return true;
    });

    // After the write and beside the turn: the phone's answer comes back as a command, and a lost order is found again as due.
    private void Send(Push push)
    {
        if (Phone.Bindings.FirstOrDefault(b => b.Id == push.BindingId) is { } binding) _ = SendAsync(Order(push, binding), binding.Flow.EdgeId);
    }

    private async Task SendAsync(NotifyOrder order, string edgeId)
    {
        try
        {
            var shard = Convert.ToInt32(Mac[^2..], 16) % IEdgeGrain.ObserverCount;
            var observer = await GrainFactory.GetGrain<IEdgeGrain>(edgeId).Find(shard);
            if (observer is null) LogEdgeAway(edgeId);
            else await observer.Notify(order);
        }
        catch (Exception failure)
        {
            LogOrderFailed(failure, edgeId);
        }
    }

    private NotifyOrder Order(Push push, Binding binding)
    {
        var secret = "";
        if (binding.Credential[0] == 'c') secret = Candidate.SipSecret(keys, binding.SipUser) ?? "";
        else if (uint.TryParse(binding.Credential.AsSpan(2), out var epoch)) secret = SecretOf(epoch) ?? "";
        return new NotifyOrder
        {
            OrderId = push.OrderId,
            Mac = Mac,
            Kind = push.Kind,
            Vendor = Phone.Vendor.Length == 0 ? "yealink" : Phone.Vendor,
            ContactUri = binding.Uri,
            Flow = binding.Flow,
            SipUser = binding.SipUser,
            SipPassword = secret,
        };
    }

    private string? SecretOf(uint epoch)
    {
        var locked = Phone.Seat?.Epoch == epoch ? Phone.Seat.LockedSecret : Phone.Retired.FirstOrDefault(r => r.Epoch == epoch)?.LockedSecret;
        return locked is null ? null : DeviceSecrets.UnlockSip(keys, Mac, epoch, locked);
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Debug, Message = "Edge {Edge} is away; the NOTIFY is sent again later.")]
    private partial void LogEdgeAway(string edge);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Debug, Message = "A NOTIFY could not be handed to edge {Edge}; it is sent again later.")]
    private partial void LogOrderFailed(Exception failure, string edge);
}
