using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orleans;
using Orleans.Runtime;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Silo.Tests;

/// <summary>What the scripted phones do, and what was asked of them.</summary>
public sealed class PhoneScript
{
    private readonly ConcurrentQueue<string> calls = [];

    /// <summary>Each call as <c>mac method commandId</c>.</summary>
    public IReadOnlyCollection<string> Calls => calls;

    /// <summary>Thrown by a call of this MAC.</summary>
    public ConcurrentDictionary<string, Exception> Failures { get; } = [];

    /// <summary>Calls of a claim wait for it; for a test that stops half way.</summary>
    public Func<string, Task> BeforeClaim { get; set; } = _ => Task.CompletedTask;

    internal void Note(string mac, string call)
    {
        calls.Enqueue($"{mac} {call}");
        if (Failures.TryGetValue(mac, out var failure)) throw failure;
    }
}

/// <summary>State of a scripted phone: enough to be due and to have a user.</summary>
public sealed class ScriptedDeviceState : StoredState
{
    /// <inheritdoc/>
    public override int SchemaVersion => 1;

    /// <summary>How often it did its due work.</summary>
    public int Runs { get; set; }
}

/// <summary>Stands in for the phones' grain, so that what is tested here is the silo around it. State and due times go through the real storage.</summary>
[GrainType("device")]
public sealed class ScriptedDevice(PhoneScript script, [PersistentState("scripted", StorageNames.Provider)] IPersistentState<ScriptedDeviceState> storage)
    : Grain, IDeviceGrain
{
    private string Mac => this.GetPrimaryKeyString();

    public async Task RunDue()
    {
        script.Note(Mac, "RunDue");
        storage.State.Runs++;
        storage.State.Effects = new StateEffects { DueAtUtc = Due.Never };
        await storage.WriteStateAsync();
    }

    public Task<CommandOutcome> Update(UpdateDeviceCommand command) => throw new NotSupportedException();

    public Task<CommandOutcome> ResolveAttention(ResolveAttentionCommand command) => throw Unscripted();

    public Task<bool> KeepFile(KeepFileCommand command) => throw new NotSupportedException();

    public Task<PhoneFile?> ReturnFile(string tokenRandom, string name) => throw new NotSupportedException();

    public Task<ImmutableArray<PhoneFile>?> ListFiles(string tenant) => throw new NotSupportedException();

    public Task<PhoneFile?> GetFile(string tenant, string name) => throw new NotSupportedException();

    public Task<LineConfig> JoinLine(JoinLineCommand command) => throw new NotSupportedException();

    public Task LineChanged(string tenant) => throw new NotSupportedException();

    public Task<ImmutableArray<EffectiveValue>?> GetEffectiveValues(string tenant) => throw new NotSupportedException();

    public async Task<CommandOutcome> Claim(ClaimCommand command)
    {
        script.Note(Mac, $"Claim {command.Context.CommandId}");
        await script.BeforeClaim(Mac);
        if (Mac.EndsWith("ff", StringComparison.Ordinal)) return new CommandOutcome { Status = CommandStatus.AlreadyExists, Message = "It is claimed already." };
        return CommandOutcome.Done;
    }

    /// <summary>Here: becomes due at once.</summary>
    public async Task<CommandOutcome> Resync(AdminContext context)
    {
        storage.State.Effects = new StateEffects { DueAtUtc = DateTimeOffset.UnixEpoch };
        await storage.WriteStateAsync();
        return CommandOutcome.Done;
    }

    /// <summary>Here: puts the user of the command on the phone.</summary>
    public Task<CommandOutcome> AssignUser(AssignUserCommand command) => WriteUser(command.Context.Tenant, command.UserId);

    public Task<CommandOutcome> SignOut(SignOutCommand command)
    {
        script.Note(Mac, $"SignOut {command.Admin!.CommandId}");
        return WriteUser(command.Admin.Tenant, "");
    }

    public Task RecordSignInCode(SignInCodeReport report)
    {
        script.Note(Mac, $"RecordSignInCode {report.UserCode}");
        return Task.CompletedTask;
    }

    public Task CompleteSignIn(SignInResultReport report)
    {
        script.Note(Mac, $"CompleteSignIn {report.User?.UserId}{report.Failure}");
        return Task.CompletedTask;
    }

    public Task<DeviceView?> Get(string tenant) => throw Unscripted();

    public Task<CommandOutcome> Delete(AdminContext context) => throw Unscripted();

    public Task<ImmutableArray<Finding>> Explain(string tenant) => throw Unscripted();

    public Task<CommandOutcome> CancelOperation(AdminContext context, string operationId) => throw Unscripted();

    public Task<GenerateCodeOutcome> GenerateCode(AdminContext context) => throw Unscripted();

    public Task<DialFeatureCodeOutcome> DialFeatureCode(DialFeatureCodeCommand command) => throw Unscripted();

    public Task<FetchConfigOutcome> FetchConfig(FetchConfigCommand command) => throw Unscripted();

    public Task NoteUnsupported(UnsupportedFetch fetch) => throw Unscripted();

    public Task<RegisterOutcome> Register(RegisterCommand command) => throw Unscripted();

    public Task<CommandOutcome> Restart(AdminContext context) => throw Unscripted();

    public Task ReportNotify(NotifyReport report) => throw Unscripted();

    public Task<StartSignInOutcome> StartSignIn(StartSignInCommand command) => throw Unscripted();

    public Task<SignInView> GetSignIn() => throw Unscripted();

    private static InvalidOperationException Unscripted() => new("No test asks this of a scripted phone.");

    private async Task<CommandOutcome> WriteUser(string tenant, string userId)
    {
        storage.State.Effects = new StateEffects
        {
            Devices = [new DeviceRow { Tenant = tenant, Mac = Mac, State = "SIGNED_IN", TrustLevel = "TOKEN", UserId = userId, CreatedAtUtc = DateTimeOffset.UnixEpoch }],
        };
        await storage.WriteStateAsync();
        return CommandOutcome.Done;
    }
}
