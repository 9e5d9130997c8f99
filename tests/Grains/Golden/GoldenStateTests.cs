using System.Collections.Immutable;
using System.Text.Json.Nodes;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains.Tests;

/// <summary>A released shape on disk never changes: what is written equals the file, and the file can be read.</summary>
public sealed class GoldenStateTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public Task Tenant_Version1_IsAsReleased() => IsAsReleased("tenant", "acme", new TenantState
    {
        Exists = true,
        Version = 7,
        CreatedAtUtc = At,
        Settings = new StoredTenantSettings { PersonalSignIn = PersonalSignIn.Any, TrustedRanges = ["10.1.0.0/16"], Authority = SignInAuthorityKind.Entra },
        Policies = ImmutableSortedDictionary<string, StoredPolicy>.Empty.Add("default", new StoredPolicy
        {
            DisplayName = "All phones",
            AllowSipDevices = true,
            Language = "de",
            LockedPhoneAdminPassword = "1.AAAA",
            EmergencyNumbers = ["112"],
            Settings = ImmutableSortedDictionary<string, string>.Empty.Add("phone_setting.backlight_time", "60"),
        }),
        Sites = ImmutableSortedDictionary<string, StoredSite>.Empty.Add("berlin", new StoredSite { DisplayName = "Berlin", PolicyId = "default" }),
        WrongCodesSinceUtc = At,
        WrongCodes = 3,
        Answered = [new AnsweredCommand { Id = "c1", Status = CommandStatus.AlreadyExists, Reason = "POLICY_EXISTS", Message = "There is one." }],
    });

    /// <summary>What a release put beside the shape of version 1; one that does not know it keeps it.</summary>
    [Fact]
    public Task Tenant_WithAGateAndAChannel_IsAsReleased() => IsAsReleased("tenant", "acme", new TenantState
    {
        Exists = true, Version = 8, CreatedAtUtc = At, CompatibilityGate = CompatibilityGate.Refuse,
        FirmwareChannels = ImmutableSortedDictionary<string, string>.Empty.Add("default", "stable"),
    }, "tenant.v1.gate.json");

    /// <summary>Likewise.</summary>
    [Fact]
    public Task Tenant_WithTones_IsAsReleased() => IsAsReleased("tenant", "acme", new TenantState
    {
        Exists = true, Version = 9, CreatedAtUtc = At, ToneCountries = ImmutableSortedDictionary<string, string>.Empty.Add("default", "DE"),
    }, "tenant.v1.tones.json");

    [Fact]
    public Task Tenant_WithARegion_IsAsReleased() => IsAsReleased("tenant", "acme", new TenantState
    {
        Exists = true, Version = 9, CreatedAtUtc = At, Region = "eu-west",
    }, "tenant.v1.region.json");

    [Fact]
    public Task Tenant_Version1_WithModelsAndRevisions_IsAsReleased() => IsAsReleased("tenant", "acme", Layered(), "tenant.v1.layers.json");

    [Fact]
    public Task User_Version1_IsAsReleased() => IsAsReleased("user", "acme/ann", new UserState
    {
        Exists = true,
        Version = 4,
        UserId = "Ann",
        DisplayName = "Ann Müller",
        PhoneNumber = "+4930123456",
        PolicyId = "lobby",
        CreatedAtUtc = At,
        PasswordHash = "hash",
        WrongPasswords = 2,
        LockedUntilUtc = At,
        DoNotDisturb = true,
        ForwardTo = "+491",
        SignOutCommandId = "d1",
        SignOutActor = "admin-key:1",
        Answered = [new AnsweredCommand { Id = "c1", Status = CommandStatus.Done }],
    });

    [Fact]
    public Task Operation_Version1_IsAsReleased() => IsAsReleased("operation", "op1", new OperationState
    {
        CommandId = "c1",
        Tenant = "acme",
        Actor = "admin-key:1",
        Kind = BulkKind.GenerateCodes,
        Status = OperationStatus.Running,
        CreatedAtUtc = At,
        Items =
        [
            new StoredItem { Row = 2, Mac = "001565aabbcc", Detail = "Lobby", Status = ItemStatus.Running, OperationId = "r1", Misses = 1 },
            new StoredItem { Row = 3, Mac = "nonsense", Status = ItemStatus.Failed, Message = "This is no MAC address." },
        ],
    });

    private static TenantState Layered()
    {
        var state = new TenantState { Exists = true, Version = 9, CreatedAtUtc = At };
        PolicyHistory.Put(state, "desk", new PolicyContent(new StoredPolicy { Language = "de" }, ["yealink/T46S"]), "admin-key:1", At);
        return state;
    }

    private static async Task IsAsReleased<T>(string type, string key, T sample, string? file = null)
        where T : StoredState
    {
        await using var store = new StateStore();
        var path = Path.Combine(AppContext.BaseDirectory, "Golden", file ?? $"{type}.v{sample.SchemaVersion}.json");
        var golden = await File.ReadAllTextAsync(path);

        var written = await store.WriteAsync(type, key, sample);

        JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(golden)).Should().BeTrue("what is written should equal {0}, but is {1}", path, written);
        (await store.ReadAsync<T>(type, key, golden)).Should().BeEquivalentTo(sample, o => o.Excluding(s => s.Effects));
    }
}
