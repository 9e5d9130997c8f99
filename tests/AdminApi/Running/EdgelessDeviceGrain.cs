using System.Collections.Immutable;
using Orleans.Runtime;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.AdminApi.Running;

/// <summary>A phone that has no edge: claimed, coded and signed in by the contract; its pushes end at once. Its MAC's first digits choose a special fate.</summary>
[GrainType("device")]
public sealed class EdgelessDeviceGrain(
    [PersistentState("device", StorageNames.Provider)] IPersistentState<EdgelessDeviceState> storage, TimeProvider time) : Grain,
        IDeviceGrain
{
    private string Mac => this.GetPrimaryKeyString();

    private EdgelessDeviceState State => storage.State;

    public Task<DeviceView?> Get(string tenant) => Mac.StartsWith("dead", StringComparison.Ordinal)
        ? throw new TimeoutException("the silo is away")
        : Task.FromResult(State.Tenant == tenant ? View() : null);

    public async Task<CommandOutcome> Claim(ClaimCommand command)
    {
        if (State.LastCommandId == command.Context.CommandId)
        {
            return CommandOutcome.Done with { Device = View() };
        }

        if (State.Tenant.Length > 0)
        {
            return Refused(CommandStatus.AlreadyExists, "ALREADY_CLAIMED", "This phone is claimed already.");
        }

        if (command.Context.ValidateOnly)
        {
            return CommandOutcome.Done;
        }

        (State.Tenant, State.Location, State.CreatedAtUtc) = (command.Context.Tenant, command.Location, time.GetUtcNow());
        State.LastCommandId = command.Context.CommandId;
        return await WriteAsync(command.Context, "device.claim");
    }

    public async Task<CommandOutcome> Update(UpdateDeviceCommand command)
    {
        if (State.Tenant != command.Context.Tenant)
        {
            return Refused(CommandStatus.NotFound, "DEVICE_NOT_FOUND", "unknown");
        }

        State.Location = command.Location ?? State.Location;
        State.Tags = [.. (command.Tags ?? [.. State.Tags]).Union(command.AddTags).Except(command.RemoveTags).Order(StringComparer.Ordinal)];
        return await WriteAsync(command.Context, "device.update");
    }

    public Task<bool> KeepFile(KeepFileCommand command) => throw new NotSupportedException();

    public Task<PhoneFile?> ReturnFile(string tokenRandom, string name) => throw new NotSupportedException();

    public Task<ImmutableArray<PhoneFile>?> ListFiles(string tenant) => Task.FromResult<ImmutableArray<PhoneFile>?>(
        State.Tenant == tenant ? [Log with { Content = [] }] : null);

    public Task<PhoneFile?> GetFile(string tenant, string name) => Task.FromResult(State.Tenant == tenant && name == Log.Name ? Log : null);

    private PhoneFile Log => new() { Name = $"{Mac}-app.log", AtUtc = State.CreatedAtUtc, Length = 3, Content = [.. "log"u8] };

    public Task<LineConfig> JoinLine(JoinLineCommand command) => throw new NotSupportedException();

    public Task LineChanged(string tenant) => throw new NotSupportedException();

    public Task<ImmutableArray<EffectiveValue>?> GetEffectiveValues(string tenant) => Task.FromResult<ImmutableArray<EffectiveValue>?>(
        State.Tenant == tenant ? [new EffectiveValue { Key = "language", Value = "de", Layer = PolicyLayerKind.Site, PolicyId = "lobby" }] : null);

    public async Task<GenerateCodeOutcome> GenerateCode(AdminContext context)
    {
        if (State.Tenant != context.Tenant)
        {
            return new GenerateCodeOutcome { Outcome = Refused(CommandStatus.NotFound, "", "unknown") };
        }

        var outcome = await WriteAsync(context, "device.code");
        return new GenerateCodeOutcome { Outcome = outcome, Code = "123456", ExpiresAtUtc = time.GetUtcNow().AddDays(1) };
    }

    public async Task<CommandOutcome> AssignUser(AssignUserCommand command)
    {
        State.UserId = command.UserId;
        return await WriteAsync(command.Context, "device.assign");
    }

    public Task<StartSignInOutcome> StartSignIn(StartSignInCommand command) => Task.FromResult(new StartSignInOutcome
    {
        Outcome = CommandOutcome.Done,
        View = new SignInView { Progress = SignInProgress.Preparing },
    });

    public Task<SignInView> GetSignIn() => Task.FromResult(new SignInView
    {
        Progress = Mac.StartsWith("fa", StringComparison.Ordinal) ? SignInProgress.Failed : SignInProgress.Pending,
        VerificationUri = "https://gw.example/signin",
        UserCode = "ABCD-EFGH",
        ExpiresAtUtc = time.GetUtcNow().AddMinutes(15),
        Message = "the directory refused",
    });

    public Task<CommandOutcome> SignOut(SignOutCommand command) => Push(command.Admin!, "signOut", "SUCCEEDED", "");

    public Task<CommandOutcome> Resync(AdminContext context) => Push(context, "resync", "RUNNING", "");

    public Task<CommandOutcome> Restart(AdminContext context)
    {
        State.HasFailed = true;
        return Push(context, "restart", "FAILED", "no boot was seen within 5 minutes");
    }

    public async Task<CommandOutcome> ResolveAttention(ResolveAttentionCommand command)
    {
        if (command.Reasons.Contains(AttentionReason.CodeLocked))
        {
            return Refused(CommandStatus.FailedPrecondition, "NOT_RESOLVED_BY_HAND", "CODE_LOCKED ends with a new code.");
        }

        State.HasFailed = false;
        return await WriteAsync(command.Context, "device.resolveAttention");
    }

    public async Task<CommandOutcome> Delete(AdminContext context)
    {
        if (State.Tenant != context.Tenant)
        {
            return Refused(CommandStatus.NotFound, "DEVICE_NOT_FOUND", "There is no such phone.");
        }

        if (context.ExpectedVersion is { } version && version != State.Revision)
        {
            return Refused(CommandStatus.Conflict, "ETAG_MISMATCH", "The phone has changed since you read it. Read it again.");
        }

        (State.Tenant, State.UserId) = ("", "");
        return (await WriteAsync(context, "device.delete")) with { Device = null };
    }

    public Task<ImmutableArray<Finding>> Explain(string tenant) => Task.FromResult<ImmutableArray<Finding>>(State.Tenant != tenant
        ? []
        : [new Finding { Stage = "Enrollment", Status = "WAITING", Message = "No code was made.", NextStep = "Make a code." }]);

    public async Task<CommandOutcome> CancelOperation(AdminContext context, string operationId)
    {
        await WriteAsync(context, "operation.cancel", Row(operationId, "resync", "CANCELLED", "cancelled by the administrator"));
        return CommandOutcome.Done;
    }

    public Task RunDue() => Task.CompletedTask;

    public Task<DialFeatureCodeOutcome> DialFeatureCode(DialFeatureCodeCommand command) => throw new NotSupportedException();

    public Task<FetchConfigOutcome> FetchConfig(FetchConfigCommand command) => throw new NotSupportedException();

    public Task NoteUnsupported(UnsupportedFetch fetch) => throw new NotSupportedException();

    public Task<RegisterOutcome> Register(RegisterCommand command) => throw new NotSupportedException();

    public Task RecordSignInCode(SignInCodeReport report) => throw new NotSupportedException();

    public Task CompleteSignIn(SignInResultReport report) => throw new NotSupportedException();

    public Task ReportNotify(NotifyReport report) => throw new NotSupportedException();

    private async Task<CommandOutcome> Push(AdminContext context, string kind, string status, string message)
    {
        if (State.Tenant != context.Tenant)
        {
            return Refused(CommandStatus.NotFound, "DEVICE_NOT_FOUND", "There is no such phone.");
        }

        var id = Guid.NewGuid().ToString("n");
        return (await WriteAsync(context, $"device.{kind}", Row(id, kind, status, message))) with { OperationId = id };
    }

    private OperationRow Row(string id, string kind, string status, string message) => new()
    {
        Tenant = State.Tenant,
        Id = id,
        Kind = kind,
        Owner = $"device/{Mac}",
        Status = status,
        Message = message,
        CreatedAtUtc = time.GetUtcNow(),
        EndedAtUtc = status == "RUNNING" ? null : time.GetUtcNow(),
    };

    private async Task<CommandOutcome> WriteAsync(AdminContext context, string action, params OperationRow[] operations)
    {
        State.Revision++;
        State.Effects = new StateEffects
        {
            Devices = State.Tenant.Length == 0 ? [] : [DeviceRow()],
            Operations = [.. operations],
            Audit = [new AuditRow { Tenant = context.Tenant, AtUtc = time.GetUtcNow(), Actor = context.Actor, Action = action,
                Target = $"devices/{Mac}", Outcome = "OK" }],
            Events = [new DeviceEventRow { Mac = Mac, Tenant = context.Tenant, AtUtc = time.GetUtcNow(), Kind = action,
                Message = "An administrator did it." }],
        };
        await storage.WriteStateAsync();
        return CommandOutcome.Done with { Device = State.Tenant.Length == 0 ? null : View() };
    }

    private static CommandOutcome Refused(CommandStatus status, string reason, string message) =>
        new() { Status = status, Reason = reason, Message = message };

    private DeviceRow DeviceRow() => new()
    {
        Tenant = State.Tenant,
        Mac = Mac,
        State = State.UserId.Length > 0 ? "SIGNED_IN" : "WAITING_ON_ACTIVATION",
        TrustLevel = "CLAIMED",
        Location = State.Location,
        UserId = State.UserId,
        CreatedAtUtc = State.CreatedAtUtc,
        Version = State.Revision,
        Attention = State.HasFailed ? "OPERATION_FAILED" : "",
        Tags = string.Join(',', State.Tags),
    };

    private DeviceView View() => new()
    {
        Mac = Mac,
        Tenant = State.Tenant,
        State = State.UserId.Length > 0 ? DeviceLifeState.SignedIn : DeviceLifeState.WaitingOnActivation,
        Trust = TrustLevel.Claimed,
        Location = State.Location,
        UserId = State.UserId,
        CreatedAtUtc = State.CreatedAtUtc,
        Version = State.Revision,
        Compatibility = State.UserId.Length > 0 ? DeviceCompatibility.BelowMinimum : DeviceCompatibility.Unknown,
        Attention = State.HasFailed ? [AttentionReason.OperationFailed] : [],
        Tags = [.. State.Tags],
    };
}

public sealed class EdgelessDeviceState : StoredState
{
    public override int SchemaVersion => 1;

    public string Tenant { get; set; } = "";

    public string Location { get; set; } = "";

    public string[] Tags { get; set; } = [];

    public string UserId { get; set; } = "";

    public string LastCommandId { get; set; } = "";

    public bool HasFailed { get; set; }

    public long Revision { get; set; }

    public DateTimeOffset CreatedAtUtc { get; set; }
}
