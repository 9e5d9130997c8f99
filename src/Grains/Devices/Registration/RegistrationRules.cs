using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>RFC 3261 §10.3 from step 3 on: who may bind, in which order, for how long.</summary>
internal static class RegistrationRules
{
    /// <summary>A REGISTER. What changed is in <see cref="DeviceChange.Phone"/>; a refresh of unchanged bindings is in <paramref name="refreshed"/> and needs no write.</summary>
    public static RegisterOutcome Decide(DeviceChange change, RegisterCommand command, ReplayMarks marks, out ImmutableArray<Binding> refreshed)
    {
        refreshed = [];
        var caller = command.Caller;
        var isRestricted = false;
        if (caller.Epoch is { } epoch)
        {
            if (DeviceSecrets.SecretOf(change.Facts, change.Phone, epoch) is not { } secret || !DeviceSecrets.IsRight(caller.Digest, secret))
            {
                return new RegisterOutcome { Status = RegisterStatus.WrongDigest };
            }

            isRestricted = change.Phone.Seat?.Epoch != epoch;
        }

        var credential = CredentialOf(caller);
        var verdict = marks.Note(change.Facts.Mac, credential, caller.Digest, command.CallId, command.CSeq);
        if (verdict == ReplayVerdict.Used) return new RegisterOutcome { Status = RegisterStatus.StaleNonce };
        if (verdict == ReplayVerdict.SameRequest) return Answer(change, credential);
        if (caller.Candidate is { } candidate) CandidateRules.Note(change, candidate, command.Flow.Source);
        if (OutOfOrder(change, command, credential)) return new RegisterOutcome { Status = RegisterStatus.OutOfOrder };
        var brief = command.Contacts.Any(c => c.ExpiresSeconds is { } asked && asked > 0 && asked < change.Facts.Options.MinExpiresSeconds);
        if (brief) return new RegisterOutcome { Status = RegisterStatus.IntervalTooBrief, MinExpiresSeconds = change.Facts.Options.MinExpiresSeconds };
        if (command.RemoveAll) RemoveAll(change, credential);
        else refreshed = BindingRules.Apply(change, command, credential, isRestricted);
        AfterBinding(change, command, isRestricted);
        return Answer(change, credential);
    }

    /// <summary>The name of the caller's credential in bindings.</summary>
    public static string CredentialOf(SipCaller caller) =>
        caller.Epoch is { } epoch ? SeatRules.EpochCredential(epoch) : SeatRules.CandidateCredential(caller.Candidate!.Id);

    /// <summary>The line's longest registration: up to a tenth under the maximum, always the same for one line, so that asking for what was granted never shrinks it.</summary>
    public static uint LimitOf(string mac, DeviceOptions options)
    {
        var spread = options.MaxExpiresSeconds / 10;
        if (spread == 0) return options.MaxExpiresSeconds;
        var hash = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes(mac)));
        return options.MaxExpiresSeconds - (hash % spread);
    }

    private static void AfterBinding(DeviceChange change, RegisterCommand command, bool isRestricted)
    {
        if (command.Caller.Candidate is { } candidate)
        {
            ReturnFromTrustedNetwork(change, candidate, command.Flow.Source);
            return;
        }

        if (command.Contacts.IsEmpty) return;
        if (isRestricted)
        {
            change.Event("registration.restricted", "The phone came with a retired credential; it is told to fetch its successor.", command.Flow.Source);
            PushRules.ToCredential(change, NotifyKind.Resync, CredentialOf(command.Caller));
            return;
        }

        var seat = change.Phone.Seat!;
        if (seat.ProvedAtUtc is null || seat.OffboardedAtUtc is not null)
        {
            change.Phone = change.Phone with { Seat = seat with { ProvedAtUtc = seat.ProvedAtUtc ?? change.Now, OffboardedAtUtc = null } };
        }

        RestartRules.SawRegister(change, command);
        PolicyRules.CheckAtRefresh(change);
    }

    // In a trusted range the network vouches: the phone that was served from this address last, reset to its factory state, gets its seat back untouched.
    private static void ReturnFromTrustedNetwork(DeviceChange change, CandidateFacts candidate, string source)
    {
        if (change.Phone.Seat is not { } seat || seat.Handout?.CandidateId == candidate.Id) return;
        var isSeatOnline = PushRules.Reachable(change) is { IsRestricted: false };
        if (isSeatOnline || seat.ServedAddress != DeviceFacts.AddressOf(source) || !change.Facts.IsTrustedNetwork(seat.Tenant, source)) return;
        SeatRules.HandOutAgain(change, candidate.Id, source);
    }

    private static bool OutOfOrder(DeviceChange change, RegisterCommand command, string credential) => change.Phone.Bindings.Any(b =>
        b.Credential == credential && b.CallId == command.CallId && command.CSeq <= b.CSeq && change.Now - b.LastSeenAtUtc < change.Facts.Options.OrderWindow);

    private static void RemoveAll(DeviceChange change, string credential)
    {
        var kept = change.Phone.Bindings.RemoveAll(b => b.Credential == credential);
        if (kept.Length == change.Phone.Bindings.Length) return;
        change.Phone = change.Phone with { Bindings = kept };
        change.Event("registration.removed", "The phone removed its registration.");
    }

    /// <summary>All live bindings of a credential, as the 200 lists them.</summary>
    public static ImmutableArray<BindingAnswer> Listed(Phone phone, string credential, DateTimeOffset now) =>
    [
        .. phone.Bindings
            .Where(b => b.Credential == credential && b.ExpiresAtUtc > now)
            .Select(b => new BindingAnswer
            {
                Uri = b.Uri,
                ExpiresSeconds = (uint)Math.Max(1, Math.Round((b.ExpiresAtUtc - now).TotalSeconds)),
                Parameters = b.Parameters,
            }),
    ];

    private static RegisterOutcome Answer(DeviceChange change, string credential) => new()
    {
        Status = RegisterStatus.Accepted, Bindings = Listed(change.Phone, credential, change.Now),
    };
}
