using System.Collections.Immutable;
using SipGateway.Storage;

namespace SipGateway.Grains.Devices;

/// <summary>Bindings and the narrow table that refreshes go to.</summary>
internal static class ContactRules
{
    public static ImmutableArray<ContactRow> Rows(DeviceState state, string mac) => [.. state.Bindings.Select(b => Row(b, mac))];

    public static ContactRow Row(DeviceBinding binding, string mac) => new()
    {
        Mac = mac,
        BindingId = binding.Id,
        Generation = binding.Generation,
        ExpiresAtUtc = binding.ExpiresAtUtc,
        LastSeenAtUtc = binding.LastSeenAtUtc,
        Source = binding.Source,
    };

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
