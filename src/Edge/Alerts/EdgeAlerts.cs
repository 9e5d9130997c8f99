using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>What this edge tells its operator, with the next renewal of its entry in the address book (<see cref="EdgeFacts.Alerts"/>).</summary>
internal sealed class EdgeAlerts(TimeProvider time)
{
    /// <summary>As many as a screen shows; a flood of causes is one cause.</summary>
    private const int MaxAlerts = 20;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private ImmutableList<(DateTimeOffset RaisedAtUtc, string Sentence)> raised = [];

    /// <summary>What is to be told now, the newest last.</summary>
    public ImmutableArray<string> Current
    {
        get
        {
            lock (gate)
            {
                raised = raised.RemoveAll(alert => time.GetUtcNow() - alert.RaisedAtUtc > Lifetime);
                return [.. raised.Select(alert => alert.Sentence)];
            }
        }
    }

    /// <summary>Tells it for an hour; the same sentence counts once, from now.</summary>
    /// <param name="sentence">What happened and what can be done.</param>
    public void Raise(string sentence)
    {
        lock (gate)
        {
            raised = raised.RemoveAll(alert => alert.Sentence == sentence).Add((time.GetUtcNow(), sentence));
            if (raised.Count > MaxAlerts) raised = raised.RemoveAt(0);
        }
    }
}
