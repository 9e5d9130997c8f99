using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip;
using SipGateway.Sip.Authentication;

namespace SipGateway.Edge;

/// <summary>Sends a NOTIFY over the phone's own flow to exactly the Contact it registered, and tells the grain what became of it.</summary>
internal sealed partial class NotifySender(
    EdgeSipOptions options, FlowTable flows, TransactionLayer transactions, GrainCalls grains, IEnumerable<INotifyDialect> dialects,
    EdgeSipMetrics metrics, ILogger<NotifySender> logger)
{
    private readonly Dictionary<string, INotifyDialect> byVendor = dialects
        .SelectMany(dialect => dialect.SipNames.Prepend(dialect.Vendor), KeyValuePair.Create)
        .ToDictionary(named => named.Value, named => named.Key, StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<string, bool> underWay = new(StringComparer.Ordinal);

    /// <summary>Sends, answers one challenge, reports. An order that is under way is not sent twice. Never throws.</summary>
    public async Task SendAsync(NotifyOrder order)
    {
        if (!underWay.TryAdd(order.OrderId, true))
        {
            return;
        }

        try
        {
            await SendOnceAsync(order);
        }
        finally
        {
            underWay.TryRemove(order.OrderId, out _);
        }
    }

    private async Task SendOnceAsync(NotifyOrder order)
    {
        var report = await DeliverAsync(order);
        metrics.Notified(report.StatusCode);

        // The grain keeps the intent and sends a lost push again, so one repetition of the report is enough.
        if (await ReportAsync(order.Mac, report) is null && await ReportAsync(order.Mac, report) is null)
        {
            LogUnreported(order.OrderId);
        }
    }

    private async Task<NotifyReport> DeliverAsync(NotifyOrder order)
    {
        if (order.Flow.EdgeId != options.EdgeId || flows.Find(order.Flow.FlowId) is not { } flow)
        {
            return Report(order, 0, "flow closed");
        }

        if (!SipUri.TryParse(order.ContactUri, out var contact))
        {
            return Report(order, 0, "the registered contact is no SIP address");
        }

        var dialog = new Dialog(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)), ConfirmationCall.NewTag());
        var outcome = await SendAsync(order, contact, flow, dialog, 1, null);
        if (outcome.Response is { StatusCode: 401 or 407 } challenged && Answer(order, challenged) is { } authorization)
        {
            outcome = await SendAsync(order, contact, flow, dialog, 2, authorization);
        }

        return outcome.Response is { } response ? Report(order, response.StatusCode, string.Empty) : Report(order, 0, outcome.Failure);
    }

    private Task<ClientOutcome> SendAsync(
        NotifyOrder order, SipUri contact, Flow flow, Dialog dialog, uint number, (SipHeaderName Name, string Value)? authorization)
    {
        var branch = TransactionLayer.NewBranch();
        var builder = SipRequestBuilder.Create(SipMethod.Notify, contact)
            .Via(flow.Transport.ToUpperInvariant(), flow.Local.ToString(), branch)
            .MaxForwards()
            .From(SipUri.Create("provision", options.Domain), dialog.Tag)
            .To(SipUri.Create(order.SipUser, options.Domain))
            .CallId(dialog.CallId + "@" + options.EdgeId)
            .CSeq(number, SipMethod.Notify)
            .Add(SipHeaderName.Contact, $"<sip:{flow.Local};transport={flow.Transport}>")
            .Add(SipHeaderName.Event, EventOf(order))
            .Add(SipHeaderName.SubscriptionState, "terminated");
        if (order.Path.Length > 0)
        {
            builder.Add(SipHeaderName.Route, order.Path);
        }

        if (authorization is { } credentials)
        {
            builder.Add(credentials.Name, credentials.Value);
        }

        return transactions.SendAsync(branch, SipMethod.Notify, builder.Build(), flow);
    }

    // The form most vendors share stands in for a vendor that has no folder.
    private string EventOf(NotifyOrder order) => byVendor.TryGetValue(order.Vendor, out var dialect)
        ? dialect.Event(order.Kind)
        : order.Kind == NotifyKind.Restart ? "check-sync;reboot=true" : "check-sync;reboot=false";

    // A phone that guards its NOTIFY wants the line's own account.
    private static (SipHeaderName Name, string Value)? Answer(NotifyOrder order, SipResponse challenged)
    {
        var isProxy = challenged.StatusCode == 407;
        var header = isProxy ? SipHeaderName.ProxyAuthenticate : SipHeaderName.WwwAuthenticate;
        var challenge = challenged.GetHeaders(header).Select(h => DigestChallenge.Parse(h.Value)).FirstOrDefault(c => c is not null);
        if (challenge is null || order.SipPassword.Length == 0)
        {
            return null;
        }

        var cnonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var answer = challenge.Answer(order.SipUser, order.SipPassword, SipMethod.Notify.Text, order.ContactUri, cnonce);
        return (isProxy ? SipHeaderName.ProxyAuthorization : SipHeaderName.Authorization, answer);
    }

    private static NotifyReport Report(NotifyOrder order, int statusCode, string message) =>
        new() { OrderId = order.OrderId, StatusCode = statusCode, Message = message };

    private Task<NotifyReport?> ReportAsync(string mac, NotifyReport report) => grains.AskAsync("reportNotify", mac, async g =>
    {
        await g.ReportNotify(report);
        return report;
    });

    [LoggerMessage(1, LogLevel.Warning, "What became of NOTIFY {OrderId} could not be told to its device; the device will send it again.")]
    private partial void LogUnreported(string orderId);

    private readonly record struct Dialog(string CallId, string Tag);
}
