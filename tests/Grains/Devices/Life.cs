using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;
using SipGateway.Trust;

namespace SipGateway.Grains.Tests.Devices;

/// <summary>One phone's life told through the pure rules.</summary>
internal sealed class Life
{
    public const string Mac = "001565aabbcc";
    public const string Home = "10.0.0.5:5060";
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private int commands;

    public KeyRing Ring { get; } = KeyRing.Create();

    public DeviceState State { get; set; } = new();

    public DateTimeOffset Now { get; set; } = Start;

    public List<DeviceEventRow> Events { get; } = [];

    public DeviceOptions Options { get; } = new();

    public DeviceChange Begin() => new(State, new DeviceContext(Mac, Now, Options));

    public T Keep<T>(Func<DeviceChange, T> decide)
    {
        var change = Begin();
        var outcome = decide(change);
        change.Next.Version++;
        State = change.Next;
        Events.AddRange(change.Effects().Events);
        return outcome;
    }

    public AdminContext By(string tenant) => new() { Tenant = tenant, Actor = "admin-key:1", CommandId = $"c{++commands}" };

    public FreshCredential Fresh() =>
        new(() => (SecretBox.Lock(Ring, "secret", $"device/{Mac}/sip"), Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString("N")));

    public CommandOutcome Claim(string tenant) => Keep(c => ClaimRules.Claim(new ClaimCommand { Context = By(tenant), Location = "Lobby" }, c));

    public string Code(string tenant) => Keep(c => ClaimRules.GenerateCode(By(tenant), c, new TenantSettings(), Ring)).Code;

    public string Dial(
        CandidateFacts candidate, string code, string source = Home, CompatibilityGate gate = CompatibilityGate.Allow, PhoneIdentity? phone = null) =>
        Keep(c => EnrollmentRules.Decide(
            DialCommand(candidate, code, source) with { Phone = phone },
            EnrollmentRules.Match(State, code, Mac, Ring, new HashSet<string>()) with { Gate = gate },
            [],
            c,
            Fresh()));

    public FetchVerdict Fetch(
        CandidateFacts? candidate, string? token = null, string source = Home, bool isSecure = true, ConfigFile file = ConfigFile.Device,
        bool hasCertificate = false, PhoneOrigin origin = PhoneOrigin.Unknown) =>
        Keep(c => FetchRules.Decide(
            new FetchConfigCommand
            {
                Candidate = candidate, TokenRandom = token, File = file, IsSecure = isSecure, Source = source, HasCertificate = hasCertificate,
                Origin = origin,
                Phone = new PhoneIdentity { Vendor = "yealink", Model = "T46S" },
            },
            c, isTrusted: false, Fresh()));

    public static CandidateFacts Candidate(int n) => new() { Id = n.ToString("x32"), IssuedAtUtc = Start };

    public static DialFeatureCodeCommand DialCommand(CandidateFacts candidate, string code, string source = Home, string callId = "call") => new()
    {
        Caller = new SipCaller { SipUser = "c", Candidate = candidate, Digest = Digest(1) },
        Feature = FeatureKind.Enroll, Argument = code, CallId = callId, Flow = Flow(source),
    };

    public static RegisterCommand Register(SipCaller caller, uint cseq, string callId = "r1", string flow = "f1", uint? expires = 300) => new()
    {
        Caller = caller, CallId = callId, CSeq = cseq, Flow = Flow(Home, flow),
        Contacts = [new ContactOffer { Uri = "sip:a@10.0.0.5", CanonicalUri = "sip:a@10.0.0.5", ExpiresSeconds = expires }],
    };

    public static SipCaller Device(uint epoch, long nonceMs) => new() { SipUser = "d", Epoch = epoch, Digest = Digest(nonceMs) };

    public static FlowFacts Flow(string source, string flow = "f1") => new() { EdgeId = "e1", FlowId = flow, Transport = "tcp", Source = source };

    public static DigestEvidence Digest(long ms, uint count = 1) => new()
    {
        Algorithm = "MD5", UserName = "u", Realm = "r", Uri = "sip:x", Method = "REGISTER", Nonce = $"n{ms}", NonceIssuedAtMs = ms, NonceCount = count,
        Response = $"resp{ms}-{count}",
    };
}
