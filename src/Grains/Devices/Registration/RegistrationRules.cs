using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip;

namespace SipGateway.Grains.Devices;

/// <summary>What became of a REGISTER.</summary>
/// <param name="Outcome">The answer.</param>
/// <param name="IsDurable">A binding is new, moved or gone: write before the reply. Otherwise memory and the contact table are enough.</param>
/// <param name="Refreshed">Unchanged bindings with their new expiry.</param>
internal sealed record RegisterDecision(RegisterOutcome Outcome, bool IsDurable, ImmutableArray<DeviceBinding> Refreshed);

/// <summary>REGISTER by a caller whose digest is right (RFC 3261 §10.3, RFC 5626, DESIGN §4).</summary>
internal static class RegistrationRules
{
    public static RegisterDecision Decide(RegisterCommand command, DeviceChange change, bool isRestricted)
    {
        var credential = Credential(command.Caller);
        var use = change.Next.Uses.FirstOrDefault(u => u.Credential == credential);
        var digest = command.Caller.Digest;
        if (IsRepetition(command, use)) return Same(Answer(change, credential));
        if (!ReplayRules.IsFresh(change.Next, credential, digest)) return Same(new RegisterOutcome { Status = RegisterStatus.StaleNonce });
        if (IsOutOfOrder(command, use, change)) return Same(new RegisterOutcome { Status = RegisterStatus.OutOfOrder });
        var limit = ExpiryRules.Limit(credential, change.Context.Mac, change.Options);
        if (!command.RemoveAll && command.Contacts.Any(c => c.ExpiresSeconds != 0
            && ExpiryRules.Grant(c.ExpiresSeconds, command.Flow.Transport, limit, change.Options) is null))
        {
            return Same(new RegisterOutcome { Status = RegisterStatus.IntervalTooBrief, MinExpiresSeconds = change.Options.MinExpiresSeconds });
        }

        ReplayRules.Note(change.Next, credential, digest, u => u with
        {
            CallId = command.CallId, CSeq = command.CSeq, Response = digest.Response, AtUtc = change.Now,
        });
        change.Next.LastSeenAtUtc = change.Now;
        change.Next.LastSource = command.Flow.Source;
        return Bind(command, change, credential, limit, isRestricted);
    }

    /// <summary>Whether it matters when the other bindings end: in a question, and where several live side by side. One Contact alone
    /// takes the place of any other.</summary>
    public static bool JudgesByExpiry(RegisterCommand command, DeviceState state) =>
        command.Contacts.Length != 1 || command.Contacts[0].RegId > 0 || state.Bindings.Any(b => b.RegId > 0);

    public static string Credential(SipCaller caller) =>
        caller.Candidate is { } facts ? CredentialName.OfCandidate(facts.Id) : CredentialName.OfEpoch(caller.Epoch ?? 0);

    private static bool IsRepetition(RegisterCommand command, CredentialUse? use) => use is not null && use.Response.Length > 0
        && command.CallId == use.CallId && command.CSeq == use.CSeq && command.Caller.Digest.Response == use.Response;

    // Only for a transaction's life: later, with a newer nonce, it is a rebooted phone that counts from the start again.
    private static bool IsOutOfOrder(RegisterCommand command, CredentialUse? use, DeviceChange change) =>
        use is not null && command.CallId == use.CallId && command.CSeq <= use.CSeq
        && (change.Now - use.AtUtc < change.Options.SequenceMemory || command.Caller.Digest.NonceIssuedAtMs <= use.NonceIssuedAtMs);

    private static RegisterDecision Bind(RegisterCommand command, DeviceChange change, string credential, uint limit, bool isRestricted)
    {
        var before = change.Next.Bindings;
        var refreshed = ImmutableArray.CreateBuilder<DeviceBinding>();
        var isDurable = false;
        if (command.RemoveAll) change.Next.Bindings = before.RemoveAll(b => b.Credential == credential);
        foreach (var offer in command.RemoveAll ? [] : command.Contacts)
        {
            if (offer.ExpiresSeconds == 0)
            {
                change.Next.Bindings = change.Next.Bindings.RemoveAll(b => b.Credential == credential && IsSame(b, offer));
                continue;
            }

            var seconds = ExpiryRules.Grant(offer.ExpiresSeconds, command.Flow.Transport, limit, change.Options)!.Value;
            var made = Make(command, change, credential, offer, seconds, isRestricted);
            var old = change.Next.Bindings.FirstOrDefault(b => b.Credential == credential && IsSame(b, offer));
            var isUnchanged = old is not null && IsUnchanged(old, made);
            made = isUnchanged ? made with { Id = old!.Id, Generation = old.Generation } : made;
            if (isUnchanged) refreshed.Add(made);
            isDurable |= !isUnchanged;
            change.Next.Bindings = Place(change, made, offer);
        }

        isDurable |= change.Next.Bindings.Length != before.Length;
        if (isDurable) Tell(command, change, credential, isRestricted);
        return new RegisterDecision(Answer(change, credential), isDurable, refreshed.ToImmutable());
    }

    // Without reg-id the newest Contact replaces the others; with it, so many flows of one instance, and the oldest goes.
    private static ImmutableArray<DeviceBinding> Place(DeviceChange change, DeviceBinding made, ContactOffer offer)
    {
        var mine = change.Next.Bindings.Where(b => b.Credential == made.Credential && b.ExpiresAtUtc > change.Now && !IsSame(b, offer));
        var kept = made.RegId == 0 ? [] : mine.Where(b => b.RegId > 0 && b.InstanceId == made.InstanceId)
            .OrderByDescending(b => b.LastSeenAtUtc).Take(change.Options.MaxFlows - 1);
        return [.. change.Next.Bindings.Where(b => b.Credential != made.Credential), .. kept, made];
    }

    private static bool IsSame(DeviceBinding binding, ContactOffer offer) => offer.RegId > 0
        ? binding.RegId == offer.RegId && binding.InstanceId == offer.InstanceId
        : binding.CanonicalUri == offer.CanonicalUri || AreEquivalent(binding.Uri, offer.Uri);

    // RFC 3261 §19.1.4: most parameters count only where both have them, which no canonical spelling can express.
    private static bool AreEquivalent(string one, string other) =>
        SipUri.TryParse(one, out var left) && SipUri.TryParse(other, out var right) && SipUri.AreEquivalent(left, right);

    private static bool IsUnchanged(DeviceBinding old, DeviceBinding made) => made with
    {
        Id = old.Id, Generation = old.Generation, ExpiresAtUtc = old.ExpiresAtUtc, LastSeenAtUtc = old.LastSeenAtUtc, UserAgent = old.UserAgent,
    } == old;

    private static DeviceBinding Make(
        RegisterCommand command, DeviceChange change, string credential, ContactOffer offer, uint seconds, bool isRestricted)
    {
        var id = offer.RegId > 0 ? FormattableString.Invariant($"{credential}.{offer.RegId}") : credential;
        var replaced = change.Next.Bindings.FirstOrDefault(b => b.Id == id)?.Generation ?? 0;
        return new DeviceBinding
        {
            Id = id,
            Generation = Math.Max(change.Now.ToUnixTimeMilliseconds(), replaced + 1),
            Credential = credential,
            Uri = offer.Uri,
            CanonicalUri = offer.CanonicalUri,
            Parameters = offer.Parameters,
            InstanceId = offer.InstanceId,
            RegId = offer.RegId,
            EdgeId = command.Flow.EdgeId,
            FlowId = command.Flow.FlowId,
            Transport = command.Flow.Transport,
            Source = command.Flow.Source,
            CallId = command.CallId,
            Path = command.Path.IsDefaultOrEmpty ? null : string.Join(", ", command.Path),
            UserAgent = command.Caller.UserAgent,
            ExpiresAtUtc = change.Now.AddSeconds(seconds),
            LastSeenAtUtc = change.Now,
            IsRestricted = isRestricted,
            LeaseEdgeStartedAtMs = LeaseRules.Holder(command, change, credential, isRestricted),
        };
    }

    private static void Tell(RegisterCommand command, DeviceChange change, string credential, bool isRestricted)
    {
        change.MoveBindings();
        // What was used is kept with the binding, and with the state when there is none.
        if (change.Next.Bindings.All(b => b.Credential != credential)) change.Touch();
        if (CredentialName.IsCandidate(credential) || change.Next.Seat is not { } seat) return;
        var isBound = change.Next.Bindings.Any(b => b.Credential == credential);
        var (kind, message) = (isBound, isRestricted) switch
        {
            (false, _) => ("registration.unbound", "The phone took its registration back."),
            (true, true) => ("registration.restricted", "The phone registered with a retired credential; it was told to fetch its new one."),
            _ => ("registration.bound", $"The phone registered over {command.Flow.Transport}."),
        };
        change.Event(seat.Tenant, kind, message, command.Flow.Source);
    }

    private static RegisterOutcome Answer(DeviceChange change, string credential) => new()
    {
        Status = RegisterStatus.Accepted,
        Bindings = [.. change.Next.Bindings.Where(b => b.Credential == credential && b.ExpiresAtUtc > change.Now).Select(b => new BindingAnswer
        {
            Uri = b.Uri, Parameters = b.Parameters, ExpiresSeconds = (uint)Math.Ceiling((b.ExpiresAtUtc - change.Now).TotalSeconds),
        })],
    };

    private static RegisterDecision Same(RegisterOutcome outcome) => new(outcome, false, []);
}
