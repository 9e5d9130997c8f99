using System.Collections.Concurrent;
using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip.Authentication;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>What the other side of the contract did and shall do, by MAC.</summary>
public sealed class DeviceScript
{
    public string Secret { get; set; } = "right";

    public string Code { get; set; } = "123456";

    /// <summary>Whether a REGISTER that asks for a lease gets one.</summary>
    public bool GrantsLeases { get; set; }

    /// <summary>A tenant that no other device has.</summary>
    public string Tenant { get; } = Guid.NewGuid().ToString("n");

    public uint MinExpiresSeconds { get; set; } = 60;

    /// <summary>Calls wait for this.</summary>
    public TaskCompletionSource? Hold { get; set; }

    public ConcurrentQueue<RegisterCommand> Registers { get; } = new();

    public ConcurrentQueue<DialFeatureCodeCommand> Dials { get; } = new();

    public ConcurrentQueue<NotifyReport> Reports { get; } = new();

    public Provisioning.ProvisioningScript Provisioning { get; } = new();
}

public sealed class DeviceScripts
{
    private readonly ConcurrentDictionary<string, DeviceScript> byMac = new();

    /// <summary>Whether anything, a test or a grain, asked for this device's.</summary>
    public bool Has(string mac) => byMac.ContainsKey(mac);

    public DeviceScript this[string mac] => byMac.GetOrAdd(mac, _ => new DeviceScript());
}

/// <summary>The device's side of the contract as far as an edge can tell: digest, nonce count, bindings, one code.</summary>
public sealed class ScriptedDeviceGrain(DeviceScripts scripts) : Grain, IDeviceGrain
{
    private readonly Dictionary<string, BindingAnswer> bindings = [];
    private (long, uint) lastNonce;

    private DeviceScript Script => scripts[this.GetPrimaryKeyString()];

    public async Task<RegisterOutcome> Register(RegisterCommand command)
    {
        Script.Registers.Enqueue(command);
        await (Script.Hold?.Task ?? Task.CompletedTask);
        if (!IsRight(command.Caller))
        {
            return new RegisterOutcome { Status = RegisterStatus.WrongDigest };
        }

        var nonce = (command.Caller.Digest.NonceIssuedAtMs, command.Caller.Digest.NonceCount);
        if (nonce.CompareTo(lastNonce) <= 0)
        {
            return new RegisterOutcome { Status = RegisterStatus.StaleNonce };
        }

        lastNonce = nonce;
        if (command.Contacts.Any(c => c.ExpiresSeconds is > 0 and var e && e < Script.MinExpiresSeconds))
        {
            return new RegisterOutcome { Status = RegisterStatus.IntervalTooBrief, MinExpiresSeconds = Script.MinExpiresSeconds };
        }

        Bind(command);
        return new RegisterOutcome { Status = RegisterStatus.Accepted, Bindings = [.. bindings.Values], Lease = Grant(command) };
    }

    public async Task<DialFeatureCodeOutcome> DialFeatureCode(DialFeatureCodeCommand command)
    {
        Script.Dials.Enqueue(command);
        await (Script.Hold?.Task ?? Task.CompletedTask);
        return !IsRight(command.Caller) ? new DialFeatureCodeOutcome { Status = DialStatus.WrongDigest }
            : command.Argument == Script.Code ? new DialFeatureCodeOutcome { Status = DialStatus.Confirmed }
            : new DialFeatureCodeOutcome { Status = DialStatus.Refused, Reason = "Wrong code" };
    }

    public Task ReportNotify(NotifyReport report)
    {
        Script.Reports.Enqueue(report);
        return Task.CompletedTask;
    }

    public Task<DeviceView?> Get(string tenant) => throw new NotSupportedException();

    public Task<CommandOutcome> Delete(AdminContext context) => throw new NotSupportedException();

    public Task<ImmutableArray<Finding>> Explain(string tenant) => throw new NotSupportedException();

    public Task RunDue() => throw new NotSupportedException();

    public Task<CommandOutcome> CancelOperation(AdminContext context, string operationId) => throw new NotSupportedException();

    public Task<StartSignInOutcome> StartSignIn(StartSignInCommand command) => Script.Provisioning.StartAsync(command);

    public Task<SignInView> GetSignIn() => Script.Provisioning.ViewAsync();

    public Task RecordSignInCode(SignInCodeReport report) => throw new NotSupportedException();

    public Task CompleteSignIn(SignInResultReport report) => throw new NotSupportedException();

    public Task<CommandOutcome> AssignUser(AssignUserCommand command) => throw new NotSupportedException();

    public Task<CommandOutcome> SignOut(SignOutCommand command) => Script.Provisioning.SignOutAsync(command);

    public Task<CommandOutcome> Resync(AdminContext context) => throw new NotSupportedException();

    public Task<FetchConfigOutcome> FetchConfig(FetchConfigCommand command) => Script.Provisioning.FetchAsync(command);

    public Task NoteUnsupported(UnsupportedFetch fetch)
    {
        Script.Provisioning.Unsupported.Enqueue(fetch);
        return Task.CompletedTask;
    }

    public Task<CommandOutcome> Restart(AdminContext context) => throw new NotSupportedException();

    public Task<CommandOutcome> ResolveAttention(ResolveAttentionCommand command) => throw new NotSupportedException();

    public Task<CommandOutcome> Claim(ClaimCommand command) => throw new NotSupportedException();

    public Task<CommandOutcome> Update(UpdateDeviceCommand command) => throw new NotSupportedException();

    public Task<bool> KeepFile(KeepFileCommand command) => Task.FromResult(Script.Provisioning.Keep(command));

    public Task<PhoneFile?> ReturnFile(string tokenRandom, string name) => Task.FromResult(Script.Provisioning.Return(tokenRandom, name));

    public Task<ImmutableArray<PhoneFile>?> ListFiles(string tenant) => throw new NotSupportedException();

    public Task<PhoneFile?> GetFile(string tenant, string name) => throw new NotSupportedException();

    public Task<LineConfig> JoinLine(JoinLineCommand command) => throw new NotSupportedException();

    public Task LineChanged(string tenant) => throw new NotSupportedException();

    public Task<ImmutableArray<EffectiveValue>?> GetEffectiveValues(string tenant) => throw new NotSupportedException();

    public Task<GenerateCodeOutcome> GenerateCode(AdminContext context) => throw new NotSupportedException();

    private bool IsRight(SipCaller caller)
    {
        if (caller.Candidate is not null)
        {
            return true;
        }

        var d = caller.Digest;
        var algorithm = DigestAlgorithms.Parse(d.Algorithm)!.Value;
        var ha1 = DigestResponse.Ha1(algorithm, d.UserName, d.Realm, Script.Secret);
        var response = DigestResponse.Compute(
            algorithm, ha1, d.Method, d.Uri, d.Nonce, d.NonceCount.ToString("x8"), d.CNonce, d.Qop.Length == 0 ? null : d.Qop, []);
        return response == d.Response;
    }

    private LeaseGrant? Grant(RegisterCommand command) => !Script.GrantsLeases || command.Lease is null ? null : new LeaseGrant
    {
        Ha1 = DigestResponse.Ha1(DigestAlgorithm.Md5, command.Caller.SipUser, command.Caller.Digest.Realm, Script.Secret),
        BindingId = "b1",
        Generation = 7,
        Version = 7,
        Tenant = Script.Tenant,
        TenantVersion = 1,
        ExpiresSeconds = 300,
        Lifetime = TimeSpan.FromMinutes(30),
    };

    private void Bind(RegisterCommand command)
    {
        if (command.RemoveAll)
        {
            bindings.Clear();
        }

        foreach (var contact in command.Contacts)
        {
            bindings.Remove(contact.CanonicalUri);
            if (contact.ExpiresSeconds != 0)
            {
                bindings[contact.CanonicalUri] = new BindingAnswer
                {
                    Uri = contact.Uri, ExpiresSeconds = contact.ExpiresSeconds ?? 300, Parameters = contact.Parameters,
                };
            }
        }
    }
}

/// <summary>An address book of one edge.</summary>
public sealed class ScriptedEdgeGrain : Grain, IEdgeGrain
{
    private ImmutableArray<IEdgeObserver> known = [];

    public Task Renew(EdgeFacts facts, ImmutableArray<IEdgeObserver> observers)
    {
        known = observers;
        return Task.CompletedTask;
    }

    public Task<IEdgeObserver?> Find(int shard) => Task.FromResult(known.IsEmpty ? null : known[shard]);

    public async Task<PassedAnswer?> PassOn(PassedRequest request) => known.IsEmpty ? null : await known[0].Take(request);

    public Task<EdgeView?> Get() => throw new NotSupportedException();

    public Task Leave(DateTimeOffset startedAtUtc)
    {
        known = [];
        return Task.CompletedTask;
    }
}
