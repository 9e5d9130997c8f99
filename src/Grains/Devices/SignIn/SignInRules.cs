using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>A user on a phone: asked for by the phone's screen or the admin, proved by the authority, allowed by the policy.</summary>
internal static class SignInRules
{
    /// <summary>Starts a sign-in, or tells of the one under way.</summary>
    public static StartSignInOutcome Start(DeviceChange change, StartSignInCommand command)
    {
        if (command.Candidate is not null) return Refused(NotEnrolled);
        if (change.Phone.Seat is not { } seat) return Refused(NotEnrolled);
        if (command.Admin is { } admin)
        {
            if (seat.Tenant != admin.Tenant) return Refused(NotEnrolled);
            if (seat.ProvedAtUtc is null) return Refused(NotProved);
        }
        else if (command.ScreenTokenRandom != seat.ScreenTokenRandom)
        {
            return Refused(NotEnrolled);
        }

        if (seat.User is not null) return new StartSignInOutcome { Outcome = AlreadySignedIn(seat), View = View(change.Phone) };
        if (IsUnderWay(change.Phone.SignIn, change)) return new StartSignInOutcome { Outcome = CommandOutcome.Done, View = View(change.Phone) };
        change.Phone = change.Phone with
        {
            SignIn = new SignInRecord
            {
                AttemptId = change.Facts.NewId(),
                Progress = SignInProgress.Preparing,
                StartedAtUtc = change.Now,
                Network = DeviceFacts.AddressOf(command.Source),
            },
        };
        if (command.Admin is not null) change.Audit(command.Admin, "device.startSignIn");
        change.Event("signin.started", command.Admin is null ? "Sign-in was pressed on the phone." : "An administrator started a sign-in.", command.Source);
        change.ToRun = Attempt(change);
        return new StartSignInOutcome { Outcome = CommandOutcome.Done, View = View(change.Phone) };
    }

    /// <summary>How far it is.</summary>
    public static SignInView View(Phone phone) => phone.Seat?.User is { } user
        ? new SignInView { Progress = SignInProgress.SignedIn, Message = user.DisplayName.Length > 0 ? user.DisplayName : user.UserId }
        : phone.SignIn is not { } signIn ? new SignInView { Progress = SignInProgress.None }
        : new SignInView
        {
            Progress = signIn.Progress,
            VerificationUri = signIn.VerificationUri,
            VerificationUriComplete = signIn.VerificationUriComplete,
            UserCode = signIn.UserCode,
            ExpiresAtUtc = signIn.ExpiresAtUtc,
            Message = signIn.Message,
        };

    /// <summary>The pairing code came.</summary>
    public static void RecordCode(DeviceChange change, SignInCodeReport report)
    {
        if (change.Phone.SignIn is not { } signIn || signIn.AttemptId != report.AttemptId || signIn.Progress is SignInProgress.Failed) return;
        change.Phone = change.Phone with
        {
            SignIn = signIn with
            {
                Progress = SignInProgress.Pending,
                VerificationUri = report.VerificationUri,
                VerificationUriComplete = report.VerificationUriComplete,
                UserCode = report.UserCode,
                ExpiresAtUtc = report.ExpiresAtUtc,
                ResumeHandle = report.ResumeHandle,
            },
        };
    }

    /// <summary>The authority has answered; <paramref name="profile"/> is the user as the tenant knows it.</summary>
    public static void Complete(DeviceChange change, SignInResultReport report, UserProfile? profile)
    {
        if (change.Phone.SignIn is not { } signIn || signIn.AttemptId != report.AttemptId || signIn.Progress is SignInProgress.Failed) return;
        var seat = change.Phone.Seat;
        if (seat is null || report.User is not { } user || profile is null)
        {
            Fail(change, signIn, report.Failure.Length > 0 ? report.Failure : "The sign-in ended. Try again.");
        }
        else if (user.Tenant.Length > 0 && user.Tenant != seat.Tenant)
        {
            Fail(change, signIn, "This account belongs to another organisation.");
        }
        else if (!IsAllowed(change, seat, profile))
        {
            Fail(change, signIn, "Your organisation does not allow SIP phones.");
        }
        else
        {
            change.AuditPhone(seat.Tenant, "device.signIn", detail: profile.UserId);
            SignIn(change, profile);
        }
    }

    /// <summary>An admin puts a user on the phone.</summary>
    public static CommandOutcome Assign(DeviceChange change, AssignUserCommand command, UserProfile? profile)
    {
        if (change.Phone.Seat is not { } seat || seat.Tenant != command.Context.Tenant) return NotEnrolled;
        if (seat.ProvedAtUtc is null) return NotProved;
        if (profile is null) return Refusal.Missing("USER_NOT_FOUND", $"There is no user '{command.UserId}'. Make the user first.");
        if (seat.User is { } present && present.UserId != profile.UserId) return AlreadySignedIn(seat);
        if (!IsAllowed(change, seat, profile)) return Refusal.NotNow("SIP_DEVICES_NOT_ALLOWED", $"The policy of '{profile.UserId}' does not allow SIP phones (allowSipDevices).");
        if (seat.User is null) SignIn(change, profile);
        change.Audit(command.Context, "device.assignUser", profile.UserId);
        return change.Answered(command.Context, CommandOutcome.Done);
    }

    /// <summary>Takes the user off; durable at reply.</summary>
    public static CommandOutcome SignOut(DeviceChange change, SignOutCommand command, string operationId)
    {
        if (change.Phone.Seat is not { } seat) return NotEnrolled;
        if (command.Admin is { } admin ? seat.Tenant != admin.Tenant : command.ScreenTokenRandom != seat.ScreenTokenRandom) return NotEnrolled;
        if (seat.User is not { } user) return Refusal.NotNow("NOT_SIGNED_IN", "Nobody is signed in on this phone.");
        change.Event("signin.signed_out", $"{user.UserId} was signed out.");
        SeatRules.RotateCredential(change, seat with { User = null });
        change.Phone = change.Phone with { SignIn = null };
        var done = new CommandOutcome { Status = CommandStatus.Done, OperationId = operationId };
        if (command.Admin is not { } context)
        {
            change.AuditPhone(seat.Tenant, "device.signOut", detail: user.UserId);
            return done;
        }

        change.Audit(context, "device.signOut", user.UserId);
        change.Operation(context.Tenant, operationId, "signOut", "SUCCEEDED", "Signed out. The old password is void; the phone is told to fetch its configuration.", change.Now);
        return change.Answered(context, done);
    }

    /// <summary>Attempts that nobody runs any more, and those whose time is over.</summary>
    public static void Check(DeviceChange change)
    {
        if (change.Phone.SignIn is not { Progress: SignInProgress.Preparing or SignInProgress.Pending } signIn) return;
        if (IsUnderWay(signIn, change)) change.ToRun = Attempt(change);
        else Fail(change, signIn, "The code has expired. Press Sign in again.");
    }

    private static void SignIn(DeviceChange change, UserProfile profile)
    {
        change.Phone = change.Phone with { SignIn = null };
        change.Event("signin.signed_in", $"{profile.UserId} is signed in.");
        SeatRules.RotateCredential(change, change.Phone.Seat! with
        {
            User = new SeatUser
            {
                UserId = profile.UserId,
                DisplayName = profile.DisplayName,
                PhoneNumber = profile.PhoneNumber,
                PolicyId = profile.PolicyId,
                SignedInAtUtc = change.Now,
            },
        });
    }

    private static void Fail(DeviceChange change, SignInRecord signIn, string message)
    {
        change.Phone = change.Phone with { SignIn = signIn with { Progress = SignInProgress.Failed, Message = message, ResumeHandle = "" } };
        change.Event("signin.failed", message);
    }

    private static bool IsAllowed(DeviceChange change, Seat seat, UserProfile profile)
    {
        var site = change.Phone.Claims.FirstOrDefault(c => c.Tenant == seat.Tenant)?.Site ?? "";
        return PolicyRules.Effective(change.Facts.TenantOf(seat.Tenant), site, profile.PolicyId).AllowSipDevices;
    }

    private static bool IsUnderWay(SignInRecord? signIn, DeviceChange change) => signIn switch
    {
        { Progress: SignInProgress.Preparing } => signIn.StartedAtUtc + change.Facts.Options.SignInPreparation > change.Now,
        { Progress: SignInProgress.Pending } => signIn.ExpiresAtUtc > change.Now,
        _ => false,
    };

    private static SignInAttempt Attempt(DeviceChange change)
    {
        var signIn = change.Phone.SignIn!;
        return new SignInAttempt
        {
            Mac = change.Facts.Mac,
            AttemptId = signIn.AttemptId,
            Tenant = change.Phone.Seat?.Tenant ?? "",
            Model = $"{change.Phone.Vendor} {change.Phone.Model}".Trim(),
            Network = signIn.Network,
            ResumeHandle = signIn.ResumeHandle,
            ExpiresAtUtc = signIn.ExpiresAtUtc,
        };
    }

    private static CommandOutcome AlreadySignedIn(Seat seat) =>
        Refusal.NotNow("ALREADY_SIGNED_IN", $"{seat.User!.UserId} is signed in on this phone. Sign out first.");

    private static CommandOutcome NotEnrolled { get; } =
        Refusal.NotNow("NOT_ENROLLED", "The phone is not enrolled. Claim it, make a code, and dial it on the phone first.");

    private static CommandOutcome NotProved { get; } = Refusal.NotNow(
        "NOT_PROVED", "The phone has not come back with its own credential yet. Wait until it fetched its configuration, then try again.");

    private static StartSignInOutcome Refused(CommandOutcome outcome) => new()
    {
        Outcome = outcome, View = new SignInView { Progress = SignInProgress.Failed, Message = outcome.Message },
    };
}
