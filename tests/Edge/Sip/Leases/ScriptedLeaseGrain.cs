using System.Collections.Concurrent;
using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>What the edges told about refreshes, and what they are told: by test, through MACs and tenants of its own.</summary>
public sealed class LeaseScript
{
    private readonly Lock gate = new();
    private ImmutableArray<LeaseRevocation> revoked = [];

    public ConcurrentQueue<ContactRefresh> Refreshes { get; } = new();

    public ConcurrentDictionary<string, long> TenantVersions { get; } = new();

    /// <summary>So many reports fail yet.</summary>
    public int FailingReports { get; set; }

    public void Revoke(string mac, long version)
    {
        lock (gate)
        {
            revoked = revoked.Add(new LeaseRevocation(mac, version));
        }
    }

    public LeaseNews After(long sequence, ImmutableArray<string> tenants)
    {
        var rows = revoked;
        return new LeaseNews
        {
            Revoked = sequence < 0 ? [] : [.. rows.Skip((int)sequence)],
            Sequence = rows.Length,
            TenantVersions = [.. tenants.Select(t => TenantVersions.GetValueOrDefault(t, 1))],
        };
    }
}

/// <summary>The silo's side of leases, as a script.</summary>
[GrainType("leases")]
public sealed class ScriptedLeaseGrain(LeaseScript script) : Grain, ILeaseGrain
{
    public Task Refreshed(ImmutableArray<ContactRefresh> refreshes)
    {
        if (script.FailingReports > 0)
        {
            script.FailingReports--;
            throw new InvalidOperationException("No disk.");
        }

        foreach (var refresh in refreshes)
        {
            script.Refreshes.Enqueue(refresh);
        }

        return Task.CompletedTask;
    }

    public Task<LeaseNews> Read(string edgeId, long afterSequence, ImmutableArray<string> tenants) =>
        Task.FromResult(script.After(afterSequence, tenants));
}
