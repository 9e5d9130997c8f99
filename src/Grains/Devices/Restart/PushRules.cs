using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>NOTIFYs: the intent is written first, sent after the write, and sent again until the phone answered or it was tried often enough.</summary>
internal static class PushRules
{
    /// <summary>To the phone wherever it was last heard of: seat first, then what is retired.</summary>
    /// <returns>The order's id; null when no contact is known.</returns>
    public static string? ToDevice(DeviceChange change, NotifyKind kind) => To(change, kind, Reachable(change));

    /// <summary>To the contact of one credential.</summary>
    public static string? ToCredential(DeviceChange change, NotifyKind kind, string credential) => To(
        change,
        kind,
        change.Phone.Bindings.Where(b => b.Credential == credential && b.ExpiresAtUtc > change.Now).MaxBy(b => b.LastSeenAtUtc));

    /// <summary>The contact through which the phone in service is reached; null when it is offline.</summary>
    public static Binding? Reachable(DeviceChange change) => change.Phone.Bindings
        .Where(b => b.Credential[0] == 'e' && b.ExpiresAtUtc > change.Now)
        .OrderBy(b => b.IsRestricted)
        .ThenByDescending(b => b.LastSeenAtUtc)
        .FirstOrDefault();

    /// <summary>The next tries of orders that nobody answered.</summary>
    public static void Resend(DeviceChange change)
    {
        foreach (var push in change.Phone.Pushes.Where(p => p.NextAttemptAtUtc <= change.Now))
        {
            var isAlive = change.Phone.Bindings.Any(b => b.Id == push.BindingId && b.ExpiresAtUtc > change.Now);
            if (push.Attempts >= change.Facts.Options.MaxPushAttempts || !isAlive)
            {
                change.Phone = change.Phone with { Pushes = change.Phone.Pushes.Remove(push) };
                continue;
            }

            var again = push with { Attempts = push.Attempts + 1, NextAttemptAtUtc = change.Now + Wait(change, push.Attempts + 1) };
            change.Phone = change.Phone with { Pushes = change.Phone.Pushes.Replace(push, again) };
            change.ToSend.Add(again);
        }
    }

    /// <summary>What a phone answered. An answer ends the order; silence leaves it to the next try.</summary>
    public static void Report(DeviceChange change, NotifyReport report)
    {
        if (change.Phone.Pushes.FirstOrDefault(p => p.OrderId == report.OrderId) is not { } push) return;
        var answer = report.StatusCode == 0 ? report.Message : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{report.StatusCode}");
        if (report.StatusCode != 0) change.Phone = change.Phone with { Pushes = change.Phone.Pushes.Remove(push) };
        var name = push.Kind == NotifyKind.Restart ? "restart" : "fetch its configuration";
        var isAccepted = report.StatusCode is >= 200 and < 300;
        change.Event(
            isAccepted ? "restart.notify_accepted" : "restart.notify_unanswered",
            isAccepted ? $"The phone accepted the request to {name}." : $"The phone did not accept the request to {name}: {answer}.");
        change.Phone = change.Phone with
        {
            Operations = [.. change.Phone.Operations.Select(o => o.OrderId == report.OrderId ? o with { Answer = answer } : o)],
        };
    }

    private static string? To(DeviceChange change, NotifyKind kind, Binding? binding)
    {
        if (binding is null) return null;
        var push = new Push
        {
            OrderId = change.Facts.NewId(), Kind = kind, BindingId = binding.Id, Attempts = 1, NextAttemptAtUtc = change.Now + Wait(change, 1),
        };
        // The newest order says it all: a fetch brings whatever changed meanwhile.
        var others = change.Phone.Pushes.RemoveAll(p => p.Kind == kind);
        change.Phone = change.Phone with { Pushes = others.Add(push) };
        change.ToSend.Add(push);
        return push.OrderId;
    }

    private static TimeSpan Wait(DeviceChange change, int attempt) => change.Facts.Options.PushRetry * Math.Pow(2, attempt - 1);
}
