using SipGateway.Grains.Interfaces;
using SipGateway.Sip.Authentication;

namespace SipGateway.Grains.Devices;

/// <summary>Who may answer refreshes without asking, and what becomes of a lease that somebody else holds.</summary>
internal static class LeaseRules
{
    /// <summary>Whether some edge may have answered refreshes that this activation does not know of.</summary>
    public static bool IsOut(DeviceState state) => state.Bindings.Any(b => b.LeaseEdgeStartedAtMs > 0);

    /// <summary>
    /// What was accepted under leases counts as used before this request is looked at. A lease of this very process of the edge tells it
    /// exactly. One that ended with an earlier process can have used no nonce made after the new one began. One that another edge holds is
    /// taken away, and every nonce made until now is taken for used.
    /// </summary>
    public static void TakeOver(RegisterCommand command, DeviceChange change)
    {
        var credential = RegistrationRules.Credential(command.Caller);
        var held = change.Next.Bindings.FirstOrDefault(b => b.Credential == credential && b.LeaseEdgeStartedAtMs > 0);
        if (held is null) return;
        if (held.EdgeId != command.Flow.EdgeId)
        {
            change.Revoke();
            change.Next.Bindings = change.Next.Bindings.Replace(held, held with { LeaseEdgeStartedAtMs = 0 });
            Use(change, credential, u => u with
            {
                NonceIssuedAtMs = change.Now.ToUnixTimeMilliseconds(), Nonce = "", NonceCount = 0, MovedEdgeAtUtc = change.Now,
            });
        }
        else if (command.Lease?.EdgeStartedAtMs is { } start && start != held.LeaseEdgeStartedAtMs)
        {
            Use(change, credential, u => u.NonceIssuedAtMs >= start ? u : u with { NonceIssuedAtMs = start, Nonce = "", NonceCount = 0 });
        }
        else if (command.Lease?.LastUse is { } last)
        {
            Use(change, credential, u => IsNewer(u, last) ? u : u with
            {
                NonceIssuedAtMs = last.NonceIssuedAtMs, Nonce = last.Nonce, NonceCount = last.NonceCount, CSeq = last.CSeq, AtUtc = last.AtUtc,
                CallId = held.CallId, Response = "",
            });
        }
    }

    /// <summary>A lease for the one binding of this REGISTER, where nothing is unusual.</summary>
    public static LeaseGrant? Grant(RegisterCommand command, DeviceState state, string secret, long tenantVersion, DeviceContext context)
    {
        if (state.Seat is not { IsOffboarded: false } seat || command.Caller.Epoch != seat.Epoch || command.Contacts.Length != 1) return null;
        var credential = CredentialName.OfEpoch(seat.Epoch);
        var mine = state.Bindings.Where(b => b.Credential == credential && b.ExpiresAtUtc > context.Now).ToList();
        if (mine is not [{ RegId: 0, LeaseEdgeStartedAtMs: > 0, IsRestricted: false } binding]) return null;
        return new LeaseGrant
        {
            Ha1 = DigestResponse.Ha1(command.Caller.SipUser, command.Caller.Digest.Realm, secret),
            BindingId = binding.Id,
            Generation = binding.Generation,
            Version = state.Version,
            Tenant = seat.Tenant,
            TenantVersion = tenantVersion,
            ExpiresSeconds = (uint)Math.Round((binding.ExpiresAtUtc - binding.LastSeenAtUtc).TotalSeconds),
            Lifetime = context.Options.LeaseLifetime,
        };
    }

    /// <summary>The start of the edge's process to note as holder; 0 when it gets no lease.</summary>
    public static long Holder(RegisterCommand command, DeviceChange change, string credential, bool isRestricted)
    {
        var moved = change.Next.Uses.FirstOrDefault(u => u.Credential == credential)?.MovedEdgeAtUtc;
        return command.Lease is { } lease && !isRestricted && !CredentialName.IsCandidate(credential) && command.Contacts is [{ RegId: 0 }]
            && command.Path.IsEmpty && !(change.Now - moved < change.Options.LeasePause)
            ? lease.EdgeStartedAtMs
            : 0;
    }

    private static bool IsNewer(CredentialUse use, LeaseUse than) =>
        use.NonceIssuedAtMs > than.NonceIssuedAtMs || (use.Nonce == than.Nonce && use.NonceCount >= than.NonceCount);

    private static void Use(DeviceChange change, string credential, Func<CredentialUse, CredentialUse> step)
    {
        if (change.Next.Uses.FirstOrDefault(u => u.Credential == credential) is { } use) change.Next.Uses = change.Next.Uses.Replace(use, step(use));
    }
}
