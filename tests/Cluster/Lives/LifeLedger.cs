using System.Collections.Concurrent;

namespace SipGateway.Cluster.Tests.Lives;

/// <summary>What the lives of phones were told: each acknowledged action of each phone, each operation, and the state that was reached last.</summary>
internal sealed class LifeLedger
{
    private readonly ConcurrentDictionary<(string Mac, string Action), int> _acknowledged = new();
    private readonly ConcurrentDictionary<string, string> _states = new();
    private readonly ConcurrentBag<string> _operations = [];

    public IReadOnlyDictionary<(string Mac, string Action), int> Acknowledged => _acknowledged;

    /// <summary>By MAC; empty for a device that was deleted.</summary>
    public IReadOnlyDictionary<string, string> States => _states;

    public IReadOnlyCollection<string> Operations => _operations;

    public void Acknowledge(string mac, string action, string state)
    {
        _acknowledged.AddOrUpdate((mac, action), 1, (_, times) => times + 1);
        _states[mac] = state;
    }

    public void Operation(string name)
    {
        if (name.Length > 0)
            _operations.Add(name);
    }
}

/// <summary>What the cluster says afterwards.</summary>
/// <param name="States">By MAC; a device that is not there is not in it.</param>
/// <param name="Audit">Action and MAC of each row.</param>
/// <param name="Sequences">The numbers of all rows of the audit log.</param>
/// <param name="Operations">Whether each is done, by its name.</param>
internal sealed record LifeBooks(
    IReadOnlyDictionary<string, string> States, IReadOnlyList<(string Mac, string Action)> Audit, IReadOnlyList<long> Sequences,
    IReadOnlyDictionary<string, bool> Operations);

/// <summary>Holds the ledger against the books.</summary>
internal static class LifeComparison
{
    /// <summary>Everything that was lost, doubled, or is there and nobody asked for; empty when all is well.</summary>
    public static IReadOnlyList<string> Findings(LifeLedger ledger, LifeBooks books)
    {
        var findings = new List<string>();
        foreach (var (mac, state) in ledger.States)
        {
            var found = books.States.GetValueOrDefault(mac, "");
            if (found != state)
                findings.Add($"{mac} was {Said(state)} and is {Said(found)}");
        }

        var rows = books.Audit.GroupBy(row => row).ToDictionary(group => group.Key, group => group.Count());
        foreach (var key in ledger.Acknowledged.Keys.Union(rows.Keys))
        {
            var (wanted, found) = (ledger.Acknowledged.GetValueOrDefault(key), rows.GetValueOrDefault(key));
            if (wanted != found)
                findings.Add($"{key.Action} of {key.Mac} was acknowledged {wanted} times and has {found} rows in the audit log");
        }

        findings.AddRange(books.Sequences.Order().Zip(books.Sequences.Order().Skip(1)).Where(pair => pair.Second != pair.First + 1)
            .Select(pair => $"the audit log goes from {pair.First} to {pair.Second}"));
        findings.AddRange(ledger.Operations.Where(name => !books.Operations.ContainsKey(name)).Select(name => $"operation {name} is lost"));
        findings.AddRange(ledger.Operations.Where(name => books.Operations.GetValueOrDefault(name, true) == false).Select(name => $"operation {name} never ended"));
        return findings;
    }

    private static string Said(string state) => state.Length == 0 ? "gone" : state;
}
