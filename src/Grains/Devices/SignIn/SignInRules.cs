using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>Sign-ins: who may start one, how it goes on, what it ends in.</summary>
internal static class SignInRules
{
    public const string NotAllowed = "SIP phones are not allowed for this user. An administrator can allow them in the policy.";
    public const string OtherTenant = "This account belongs to another organisation than the phone.";
    public const string NameNotUsable = "The name of this account cannot be used here. Ask your administrator.";
    public const string Expired = "The time for signing in is over. Start again.";
    public const string InService =
        "A sign-in was tried on another phone that says it has this MAC address. If this phone is to be replaced, delete it here first.";

    private static readonly TimeSpan EnsureRetry = TimeSpan.FromSeconds(60);

    /// <param name="command">Who wants it.</param>
    /// <param name="personal">The tenant that decides on phones nobody claimed.</param>
    /// <param name="isTrusted">The screen was fetched from a trusted range of that tenant.</param>
    /// <param name="attemptId">The id of a new attempt.</param>
    /// <param name="gate">What the tenant wants of models and firmware.</param>
    /// <param name="change">The decision.</param>
    public static CommandOutcome Start(
        StartSignInCommand command, TenantSnapshot personal, bool isTrusted, string attemptId, CompatibilityGate gate, DeviceChange change)
    {
        var (refused, tenant) = SignInAskerRules.TenantOf(command, personal, isTrusted, change);
        if (refused is not null) return refused;
        if (command.Candidate is null && change.Next.Seat!.User is not null)
            return Refusal.NotNow("SIGNED_IN", "Somebody is signed in on this phone. Sign out first.");
        var candidateId = command.Candidate?.Id ?? "";
        if (change.Next.Attempt is { IsUnderWay: true } running && running.CandidateId == candidateId && running.DeadlineUtc > change.Now)
            return CommandOutcome.Done;
        if (CompatibilityRules.SignInRefused(gate, SignInAskerRules.PhoneOf(command, change.Next), change.Options.Compatibility) is { } wanting) return wanting;
        if (command.Candidate is { } facts) CandidateRules.Learn(change, CandidateRules.See(change, facts, command.Source), command.Phone);
        change.Next.Attempt = new StoredAttempt
        {
            Id = attemptId,
            Tenant = tenant,
            Progress = SignInProgress.Preparing,
            StartedAtUtc = change.Now,
            DeadlineUtc = change.Now + change.Options.SignInLifetime,
            CandidateId = candidateId,
            Source = command.Source,
            NextEnsureAtUtc = change.Now,
        };
        change.Event(tenant, "signin.started", command.Admin is null ? "A sign-in was started on the phone." : "A sign-in was started remotely.",
            command.Source);
        if (command.Admin is not { } admin) return CommandOutcome.Done;
        change.Audit(admin, "device.startSignIn");
        return change.Done(admin);
    }

    public static void RecordCode(SignInCodeReport report, DeviceChange change)
    {
        if (change.Next.Attempt is not { IsUnderWay: true } attempt || attempt.Id != report.AttemptId) return;
        change.Next.Attempt = attempt with
        {
            Progress = SignInProgress.Pending,
            VerificationUri = report.VerificationUri,
            VerificationUriComplete = report.VerificationUriComplete,
            UserCode = report.UserCode,
            CodeExpiresAtUtc = report.ExpiresAtUtc,
            DeadlineUtc = report.ExpiresAtUtc,
            ResumeHandle = report.ResumeHandle,
        };
        change.Touch();
    }

    public static void Fail(DeviceChange change, string why)
    {
        if (change.Next.Attempt is not { } attempt) return;
        change.Next.Attempt = attempt with { Progress = SignInProgress.Failed, Message = why, ResumeHandle = "" };
        change.Event(attempt.Tenant, "signin.failed", $"The sign-in failed: {why}", attempt.Source);
        change.Touch();
    }

    /// <summary>The user proved who they are, and may: a new credential for the phone, in whose seat they are from now on.</summary>
    public static void Complete(SeatUser user, string tenant, DeviceChange change, FreshCredential fresh, bool isTrusted)
    {
        if (change.Next.Attempt is not { IsUnderWay: true } attempt) return;
        if (attempt.CandidateId.Length > 0)
        {
            var candidate = change.Next.Candidates.FirstOrDefault(c => c.Id == attempt.CandidateId);
            if (candidate is null || change.Next.Seat is { IsOffboarded: false })
            {
                SignInAskerRules.Conflict(change, attempt.CandidateId, attempt.Source);
                Fail(change, "The phone was enrolled elsewhere meanwhile.");
                return;
            }

            SeatRules.Promote(change, tenant, candidate, attempt.Source, Proved(candidate, isTrusted), fresh);
            change.Next.Seat = change.Next.Seat! with { User = user };
        }
        else
        {
            if (change.Next.Seat is null)
            {
                Fail(change, "The phone was released meanwhile.");
                return;
            }

            SeatRules.RenewCredential(change, fresh, user);
            NotifyRules.OrderResync(change);
        }

        change.Next.Attempt = attempt with { Progress = SignInProgress.SignedIn, Message = user.DisplayName, ResumeHandle = "" };
        change.Audit(tenant, $"user:{user.UserId}", "device.signIn");
        change.Event(tenant, "signin.signed_in", $"{user.DisplayName} signed in.", attempt.Source);
    }

    public static CommandOutcome Assign(
        AdminContext by, SeatUser? user, bool isAllowed, CompatibilityGate gate, DeviceChange change, FreshCredential fresh)
    {
        if (CommandRules.Before(change.Next, by) is { } answer) return answer;
        if (CommandRules.NeedsSeat(change.Next, by.Tenant, change.Context.Mac) is { } refused) return refused;
        if (CommandRules.NeedsProof(change.Next) is { } unproved) return unproved;
        if (user is null) return Refusal.Missing("USER_NOT_FOUND", "This tenant has no such user. Make the user first.");
        if (!isAllowed) return Refusal.NotNow("SIP_DEVICES_NOT_ALLOWED", NotAllowed);
        if (change.Next.Seat!.User is { } present)
        {
            if (!string.Equals(present.UserId, user.UserId, StringComparison.OrdinalIgnoreCase))
                return Refusal.NotNow("SIGNED_IN", "Somebody else is signed in on this phone. Sign out first.");
            return change.Done(by);
        }

        var phone = CompatibilityRules.Of(change.Next);
        if (CompatibilityRules.SignInRefused(gate, phone, change.Options.Compatibility) is { } wanting) return wanting;
        CompatibilityRules.Warn(gate, by.Tenant, CompatibilityRules.SignInKind, phone, change, "");
        SeatRules.RenewCredential(change, fresh, user);
        NotifyRules.OrderResync(change);
        change.Audit(by, "device.assignUser", user.UserId);
        change.Event(by.Tenant, "signin.assigned", $"{user.DisplayName} was put on the phone.");
        return change.Done(by);
    }

    public static CommandOutcome SignOut(SignOutCommand command, DeviceChange change, FreshCredential fresh)
    {
        if (command.Admin is { } by)
        {
            if (CommandRules.Before(change.Next, by) is { } answer) return answer;
            if (CommandRules.NeedsSeat(change.Next, by.Tenant, change.Context.Mac) is { } refused) return refused;
        }
        else if (change.Next.Seat is null || !SeatRules.IsEqual(command.ScreenTokenRandom, change.Next.Seat.ScreenTokenRandom))
        {
            return Refusal.Missing("DEVICE_NOT_FOUND", "This screen is no longer good. Restart the phone.");
        }

        var seat = change.Next.Seat!;
        if (seat.User is not { } user) return Refusal.NotNow("NOT_SIGNED_IN", "Nobody is signed in on this phone.");
        SeatRules.RenewCredential(change, fresh, user: null);
        if (change.Next.Attempt is { IsUnderWay: false }) change.Next.Attempt = null;
        change.Event(seat.Tenant, "signin.signed_out", $"{user.DisplayName} was signed out.");
        var context = command.Admin ?? new AdminContext { Tenant = seat.Tenant, Actor = $"user:{user.UserId}", CommandId = "" };
        change.Audit(context, "device.signOut", user.UserId);
        var operation = DeviceOperationRules.Begin(change, context, DeviceOperationKind.SignOut);
        return command.Admin is null ? CommandOutcome.Done with { OperationId = operation } : change.Done(context, operation);
    }

    /// <summary>What the authority is asked on behalf of, when it is time to ask (again).</summary>
    public static SignInAttempt? TakeDue(DeviceChange change)
    {
        if (change.Next.Attempt is not { IsUnderWay: true } attempt || attempt.NextEnsureAtUtc > change.Now) return null;
        change.Next.Attempt = attempt with { NextEnsureAtUtc = change.Now + EnsureRetry };
        change.Touch();
        return new SignInAttempt
        {
            Mac = change.Context.Mac,
            AttemptId = attempt.Id,
            Tenant = attempt.Tenant,

            // Of the phone that asks: the MAC's last known model may be another's.
            Model = SignInAskerRules.PhoneOf(attempt, change.Next).Model,
            Network = SourceRules.Address(attempt.Source),
            ResumeHandle = attempt.ResumeHandle,
            ExpiresAtUtc = attempt.CodeExpiresAtUtc,
        };
    }

    public static SignInView View(DeviceState state) => state.Attempt is { } a
        ? new SignInView
        {
            Progress = a.Progress,
            VerificationUri = a.VerificationUri,
            VerificationUriComplete = a.VerificationUriComplete,
            UserCode = a.UserCode,
            ExpiresAtUtc = a.CodeExpiresAtUtc,
            Message = a.Message,
        }
        : state.Seat?.User is { } user
            ? new SignInView { Progress = SignInProgress.SignedIn, Message = user.DisplayName }
            : new SignInView { Progress = SignInProgress.None };

    private static TrustLevel Proved(SeenCandidate candidate, bool isTrusted) =>
        candidate.HasCertificate ? TrustLevel.Certificate : isTrusted ? TrustLevel.Network : TrustLevel.Claimed;
}
