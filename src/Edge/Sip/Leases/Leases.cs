using System.Globalization;
using System.Text;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip;
using SipGateway.Sip.Authentication;
using SipGateway.Sip.Plain;

namespace SipGateway.Edge;

/// <summary>What the long way of a REGISTER has to do with leases: it ends the one there is, and takes the one it is granted.</summary>
internal sealed class Leases(LeaseTable table, EdgeStart start, TimeProvider time)
{
    /// <summary>Whether a lease knows better: the digest is wrong for this user, and no grain need look at it.</summary>
    public bool Refutes(SipCaller caller) => table.Find(caller.SipUser) is { } lease && caller.Digest is { Algorithm: "MD5", Qop: "auth" or "" }
        && !DigestResponse.AreEqual(Expected(lease, caller.Digest), caller.Digest.Response);

    /// <summary>Ends the lease of this user and asks for a new one.</summary>
    public LeaseRequest Request(SipCaller caller) => new()
    {
        EdgeStartedAtMs = start.AtUtc.ToUnixTimeMilliseconds(),
        LastUse = table.Find(caller.SipUser) is { } lease ? LeaseTable.Close(lease) : null,
    };

    /// <summary>Takes what was granted, where the request is one whose like can be answered the short way.</summary>
    public void Take(RegisterOutcome outcome, SipRequest request, Flow flow, string mac, SipCaller caller, long nonceIssuedAtMicroseconds)
    {
        if (outcome is not { Lease: { } grant, Bindings: [{ } binding] } || !table.IsOpen
            || !PlainRegister.TryRead(request.Bytes.Span, out var register) || register.Contact.IsEmpty
            || !PlainAuthorization.TryRead(register.Authorization, out var authorization))
        {
            return;
        }

        var now = time.GetUtcNow();
        var remote = PeerKey.Of(flow.Remote.Serialize()).ToArray();
        var leased = new LeasedRegister(
            register.CallId.ToArray(), register.Contact.ToArray(), $"<{binding.Uri}>{binding.Parameters}", register.ExpiresSeconds, flow.Local, remote,
            flow.Transport, flow.IsReliable ? flow.Id : null);
        var lease = new Lease(grant, mac, caller.SipUser, table.Watch(grant), leased, (now + grant.Lifetime).UtcTicks)
        {
            LastIssuedAtMicroseconds = nonceIssuedAtMicroseconds,
            LastCount = authorization.NonceCount,
            LastCSeq = register.CSeq,
            LastUsedTicks = now.UtcTicks,
        };
        authorization.Response.CopyTo(lease.LastResponse);
        authorization.Nonce.CopyTo(lease.LastNonce);
        table.Add(lease);
    }

    private static string Expected(Lease lease, DigestEvidence digest) => DigestResponse.Compute(
        DigestAlgorithm.Md5, Encoding.ASCII.GetString(lease.Ha1), digest.Method, digest.Uri, digest.Nonce,
        digest.NonceCount.ToString("x8", CultureInfo.InvariantCulture), digest.CNonce, digest.Qop.Length == 0 ? null : digest.Qop, []);
}
