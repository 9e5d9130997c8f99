using System.Globalization;
using Microsoft.Extensions.Logging;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Grains.Devices;

internal sealed partial class DeviceGrain
{
    private static readonly TimeSpan PushPause = TimeSpan.FromMilliseconds(500);

    // Beyond it the intent comes due and is sent again from what is stored.
    private static readonly TimeSpan PushPatience = TimeSpan.FromSeconds(15);

    public Task<CommandOutcome> Restart(AdminContext context) => Do(context, change => DeviceOperationRules.Decide(context, DeviceOperationKind.Restart,
        change));

    public async Task ReportNotify(NotifyReport report)
    {
        var change = await BeginAsync();
        NotifyRules.Decide(report, change);
        if (change.HasChanged) await CommitAsync(change);
    }

    // Written already: a push that is lost here is sent again when its intent is due.
    private void Push(NotifyIntent intent, DateTimeOffset now)
    {
        if (NotifyRules.Target(storage.State, intent, now) is { } target) _ = PushAsync(target.EdgeId, Order(intent, target));
    }

    // A silo that died took address books of edges along, and ways to them: they are back within seconds, at the edge's next renewal.
    private async Task PushAsync(string edge, NotifyOrder order)
    {
        var startedAt = time.GetTimestamp();
        while (!await TryPushAsync(edge, order) && time.GetElapsedTime(startedAt) < PushPatience) await Task.Delay(PushPause, time);
    }

    private async Task<bool> TryPushAsync(string edge, NotifyOrder order)
    {
        try
        {
            var shard = int.Parse(Mac.AsSpan(10, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) % IEdgeGrain.ObserverCount;
            if (await GrainFactory.GetGrain<IEdgeGrain>(edge).Find(shard) is not { } observer) return false;
            await observer.Notify(order);
            return true;
        }
        catch (Exception failure)
        {
            LogPushLost(failure, order.OrderId, edge);
            return false;
        }
    }

    private NotifyOrder Order(NotifyIntent intent, DeviceBinding target)
    {
        var (user, secret) = Account(target.Credential);
        return new NotifyOrder
        {
            OrderId = intent.OrderId,
            Mac = Mac,
            Kind = intent.Kind,
            Vendor = storage.State.Vendor.Length > 0 ? storage.State.Vendor : VendorOf(target.UserAgent),
            ContactUri = target.Uri,
            Path = target.Path ?? "",
            Flow = new FlowFacts { EdgeId = target.EdgeId, FlowId = target.FlowId, Transport = target.Transport, Source = target.Source },
            SipUser = user,
            SipPassword = secret,
        };
    }

    private (string User, string Secret) Account(string credential)
    {
        if (CredentialName.IsCandidate(credential))
        {
            var seen = storage.State.Candidates.FirstOrDefault(c => CredentialName.OfCandidate(c.Id) == credential);
            if (seen is null) return ("", "");
            var name = new Candidate(Mac, seen.Id, seen.IssuedAtUtc).SipUser(ring);
            return (name, Candidate.SipSecret(ring, name) ?? "");
        }

        var epoch = uint.Parse(credential.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);
        return (SipUserOf(epoch), FindSecret(epoch)?.Secret ?? "");
    }

    // Before its first fetch as a device, a phone is known by the first word of its User-Agent: "Yealink SIP-T46S 66.86.5.1".
    private static string VendorOf(string userAgent) =>
        new([.. userAgent.TakeWhile(char.IsAsciiLetter).Select(char.ToLowerInvariant)]);

    [LoggerMessage(EventId = 3201, Level = LogLevel.Debug,
        Message = "The order {OrderId} could not be handed to edge {Edge}; it is sent again when it is due.")]
    private partial void LogPushLost(Exception failure, string orderId, string edge);
}
