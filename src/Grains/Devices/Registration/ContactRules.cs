using System.Collections.Immutable;
using SipGateway.Storage;

namespace SipGateway.Grains.Devices;

/// <summary>Bindings in rows of their own, and the narrow table that refreshes go to.</summary>
internal static class ContactRules
{
    public static ContactRow Row(DeviceBinding binding, string mac) => new()
    {
        Mac = mac,
        BindingId = binding.Id,
        Generation = binding.Generation,
        ExpiresAtUtc = binding.ExpiresAtUtc,
        LastSeenAtUtc = binding.LastSeenAtUtc,
        Source = binding.Source,
    };

    /// <summary>The rows that make the bindings on disk those of the next state.</summary>
    public static (ImmutableArray<BindingRow> Written, ImmutableArray<RemovedBinding> Removed) Differences(
        DeviceState before, DeviceState next, string mac)
    {
        if (before.Bindings == next.Bindings) return ([], []);
        var removed = before.Bindings.Where(b => next.Bindings.All(n => n.Id != b.Id)).Select(b => new RemovedBinding(b.Id, b.Generation));
        var written = next.Bindings.Where(n => !before.Bindings.Contains(n)).Select(n => BindingRow.Of(
            Row(n, mac),
            before.Bindings.FirstOrDefault(b => b.Id == n.Id)?.Generation ?? 0,
            new StoredBinding { Binding = n, Use = next.Uses.FirstOrDefault(u => u.Credential == n.Credential) }));
        return ([.. written], [.. removed]);
    }

    /// <summary>The state with its bindings, whose rows may be newer than it.</summary>
    public static DeviceState Join(DeviceState state, ImmutableArray<ReadBinding<StoredBinding>> rows)
    {
        if (rows.IsEmpty) return state;
        var next = state.Copy();
        next.Bindings = [.. rows.Select(r => r.Document.Binding)];
        foreach (var use in rows.Select(r => r.Document.Use).OfType<CredentialUse>())
        {
            var known = next.Uses.FirstOrDefault(u => u.Credential == use.Credential);
            if (known is null) next.Uses = next.Uses.Add(use);
            else if (ReplayRules.IsAfter(use, known)) next.Uses = next.Uses.Replace(known, use);
        }

        if (rows.Where(r => !CredentialName.IsCandidate(r.Document.Binding.Credential)).MaxBy(r => r.Contact.LastSeenAtUtc) is { } newest
            && !(next.LastSeenAtUtc > newest.Contact.LastSeenAtUtc))
            (next.LastSeenAtUtc, next.LastSource) = (newest.Contact.LastSeenAtUtc, newest.Contact.Source);
        return Overlay(next, [.. rows.Select(r => r.Contact)]);
    }

    /// <summary>The state with the refreshes that were written beside it. A nonce from before the last of them counts as used:
    /// which one it was is not on disk.</summary>
    public static DeviceState Overlay(DeviceState state, IReadOnlyList<ContactRow> rows)
    {
        var next = state.Copy();
        foreach (var binding in state.Bindings)
        {
            var row = rows.FirstOrDefault(r => r.BindingId == binding.Id && r.Generation == binding.Generation);
            if (row is null || row.LastSeenAtUtc <= binding.LastSeenAtUtc) continue;
            next.Bindings = next.Bindings.Replace(binding, binding with { ExpiresAtUtc = row.ExpiresAtUtc, LastSeenAtUtc = row.LastSeenAtUtc });
            if (!CredentialName.IsCandidate(binding.Credential) && (next.LastSeenAtUtc is null || row.LastSeenAtUtc > next.LastSeenAtUtc))
                next.LastSeenAtUtc = row.LastSeenAtUtc;
            var seenMs = row.LastSeenAtUtc.ToUnixTimeMilliseconds();
            next.Uses = [.. next.Uses.Select(u => u.Credential == binding.Credential && u.NonceIssuedAtMs < seenMs
                ? u with { NonceIssuedAtMs = seenMs, Nonce = "", NonceCount = 0 }
                : u)];
        }

        return next;
    }
}
