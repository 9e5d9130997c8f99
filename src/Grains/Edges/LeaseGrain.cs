using System.Collections.Immutable;
using Orleans.Concurrency;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>See <see cref="ILeaseGrain"/>. Holds nothing: what it hands on is in the storage.</summary>
[StatelessWorker, GrainType("leases")]
internal sealed class LeaseGrain(IContactStore contacts, IRevocationReader revocations, ITenantCache tenants) : Grain, ILeaseGrain
{
    /// <summary>Revocations of one answer: a mass sign-out is read in several.</summary>
    private const int MaxRevocations = 1000;

    public Task Refreshed(ImmutableArray<ContactRefresh> refreshes)
    {
        foreach (var r in refreshes)
        {
            contacts.Refresh(new ContactRow
            {
                Mac = r.Mac, BindingId = r.BindingId, Generation = r.Generation, ExpiresAtUtc = r.ExpiresAtUtc, LastSeenAtUtc = r.AtUtc,
                Source = r.Source,
            });
        }

        return Task.CompletedTask;
    }

    public async Task<LeaseNews> Read(string edgeId, long afterSequence, ImmutableArray<string> names)
    {
        var versions = ImmutableArray.CreateBuilder<long>(names.Length);
        foreach (var name in names) versions.Add((await tenants.GetAsync(name)).Version);
        if (afterSequence < 0)
        {
            var newest = await revocations.ReadNewestSequenceAsync(CancellationToken.None);
            return new LeaseNews { Sequence = newest, TenantVersions = versions.ToImmutable() };
        }

        var rows = await revocations.ReadAsync(edgeId, afterSequence, MaxRevocations, CancellationToken.None);
        return new LeaseNews
        {
            Revoked = [.. rows.Select(r => new LeaseRevocation(r.Row.Mac, r.Row.Version))],
            Sequence = rows.Count == 0 ? afterSequence : rows[^1].Sequence,
            HasMore = rows.Count >= MaxRevocations,
            TenantVersions = versions.ToImmutable(),
        };
    }
}
