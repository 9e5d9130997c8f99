using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>NOTIFYs that are owed: stored before they are sent, sent again until the phone took them.</summary>
internal static class NotifyRules
{
    public static void OrderResync(DeviceChange change, string credential = "", string operationId = "")
    {
        var others = change.Next.Intents.RemoveAll(i => i.Kind == NotifyKind.Resync && i.OperationId.Length == 0);
        change.Next.Intents = others;
        Order(change, NotifyKind.Resync, credential, operationId);
        if (change.Next.Seat is { } seat) change.Next.Seat = seat with { ResyncOrderedAtUtc = change.Now };
    }

    public static void Order(DeviceChange change, NotifyKind kind, string credential, string operationId)
    {
        change.Next.Intents = change.Next.Intents.Add(new NotifyIntent
        {
            // One for each state version and place in it: unique for this device, and the same on a repetition of the decision.
            OrderId = FormattableString.Invariant($"{change.Context.Mac}-{change.Next.Version + 1}-{change.Next.Intents.Length}-{kind}"),
            Kind = kind,
            Credential = credential,
            OperationId = operationId,
            CreatedAtUtc = change.Now,
            NextAtUtc = change.Now,
        });
        change.Touch();
    }

    /// <summary>The binding a NOTIFY goes to: of the named credential, else the newest of the device; null: not reachable now.</summary>
    public static DeviceBinding? Target(DeviceState state, NotifyIntent intent, DateTimeOffset now)
    {
        var live = state.Bindings.Where(b => b.ExpiresAtUtc > now).ToList();
        return live.Where(b => b.Credential == intent.Credential).MaxBy(b => b.LastSeenAtUtc)
            ?? live.Where(b => !CredentialName.IsCandidate(b.Credential)).MaxBy(b => b.LastSeenAtUtc);
    }

    /// <summary>Takes what is due and reachable: counts the attempt and moves the next one, so that it can be sent once this is written.</summary>
    public static IReadOnlyList<NotifyIntent> TakeDue(DeviceChange change)
    {
        var taken = new List<NotifyIntent>();
        foreach (var intent in change.Next.Intents)
        {
            if (intent.NextAtUtc > change.Now || Target(change.Next, intent, change.Now) is not { } target) continue;
            if (intent.Attempts >= change.Options.MaxNotifyAttempts)
            {
                change.Next.Intents = change.Next.Intents.Remove(intent);
                DeviceOperationRules.NoteNotifyFailed(change, intent.OperationId, "the phone did not answer");
                continue;
            }

            var delay = change.Options.NotifyRetry * Math.Pow(2, intent.Attempts);
            var sent = intent with { Attempts = intent.Attempts + 1, NextAtUtc = change.Now + delay };
            change.Next.Intents = change.Next.Intents.Replace(intent, sent);
            DeviceOperationRules.NoteSent(change, intent.OperationId, target);
            taken.Add(sent);
            change.Touch();
        }

        return taken;
    }

    public static void Decide(NotifyReport report, DeviceChange change)
    {
        if (change.Next.Intents.FirstOrDefault(i => i.OrderId == report.OrderId) is not { } intent) return;
        change.Touch();
        if (change.Next.Seat?.Tenant is not { } tenant)
        {
            // A candidate that was told to come again: whoever claims its MAC is shown nothing of it.
            if (report.StatusCode > 0) change.Next.Intents = change.Next.Intents.Remove(intent);
            return;
        }

        if (report.StatusCode is >= 200 and < 300)
        {
            change.Next.Intents = change.Next.Intents.Remove(intent);
            DeviceOperationRules.NoteNotified(change, intent.OperationId);
            change.Event(tenant, "restart.notified", $"The phone took the order to {Word(intent.Kind)}.");
            return;
        }

        var why = report.StatusCode == 0 ? report.Message : FormattableString.Invariant($"the phone answered {report.StatusCode}");
        change.Event(tenant, "restart.notify_failed", $"The order to {Word(intent.Kind)} did not reach the phone: {why}.");
        DeviceOperationRules.NoteNotifyFailed(change, intent.OperationId, why);
        // A phone that refuses will refuse again; silence may have been the network.
        if (report.StatusCode != 0) change.Next.Intents = change.Next.Intents.Remove(intent);
    }

    /// <summary>A contact is new: what waits for the phone goes out at once.</summary>
    public static void Reachable(DeviceChange change) => change.Next.Intents =
        [.. change.Next.Intents.Select(i => i.Attempts == 0 || i.NextAtUtc - change.Now > TimeSpan.FromMinutes(2) ? i with { NextAtUtc = change.Now } : i)];

    private static string Word(NotifyKind kind) => kind == NotifyKind.Restart ? "restart" : "fetch its configuration";
}
