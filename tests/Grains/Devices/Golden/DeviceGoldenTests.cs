using System.Text.Json.Nodes;
using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains.Tests.Devices;

/// <summary>The device's released shape on disk never changes.</summary>
public sealed class DeviceGoldenTests
{
    private static readonly DateTimeOffset At = Life.Start;

    [Fact]
    public Task Device_Version2_IsAsReleased() => IsAsReleased("device.v2.json", Sample(), s => s.Bindings);

    /// <summary>What a release put beside the shape of version 2; one that does not know it keeps it.</summary>
    [Fact]
    public Task Device_WithWhatNeedsAttention_IsAsReleased() => IsAsReleased("device.v2.attention.json", new DeviceState
    {
        Version = 10, CreatedAtUtc = At, ConfigOwedSinceUtc = At, Failed = new FailedOperation { Id = "p1", Kind = DeviceOperationKind.Resync, AtUtc = At },
    }, s => s.Bindings);

    /// <summary>Likewise.</summary>
    [Fact]
    public Task Device_WithTags_IsAsReleased() => IsAsReleased("device.v2.tags.json", new DeviceState
    {
        Version = 11, CreatedAtUtc = At, Claims = [new DeviceClaim { Tenant = "acme", CreatedAtUtc = At, Tags = ["lobby", "vip"] }],
    }, s => s.Bindings);

    [Fact]
    public Task Binding_Version1_IsAsReleased() =>
        IsAsReleased("binding.v1.json", new StoredBinding { Binding = Sample().Bindings[0], Use = Sample().Uses[0] }, s => s.Effects);

    [Fact]
    public async Task Device_Version1_BecomesAStateAndItsBindings()
    {
        await using var store = new StateStore();
        var sample = Sample();
        var golden = await GoldenAsync("device.v1.json");

        await store.BeginWithSchemaAsync(1, $$"""
            INSERT INTO grain_state VALUES ('device', '{{Life.Mac}}', 'device', 9, 0, 0, $json), ('device', 'gone', 'device', 2, 1, 0, '')
            """, golden);

        (await store.ReadAsync<DeviceState>("device", Life.Mac, golden)).Should()
            .BeEquivalentTo(sample, o => o.Excluding(s => s.Effects).Excluding(s => s.Bindings));
        var row = await store.SqlAsync("SELECT mac || ' ' || binding_id || ' ' || generation FROM binding");
        row.Should().Be($"{Life.Mac} d2 9");
        JsonNode.DeepEquals(JsonNode.Parse(await store.SqlAsync("SELECT json FROM binding")), JsonNode.Parse(await GoldenAsync("binding.v1.json")))
            .Should().BeTrue();
    }

    private static async Task IsAsReleased<T>(string file, T sample, System.Linq.Expressions.Expression<Func<T, object>> elsewhere)
        where T : StoredState
    {
        await using var store = new StateStore();
        var golden = await GoldenAsync(file);

        var written = await store.WriteAsync("device", Life.Mac, sample);

        JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(golden)).Should().BeTrue("what is written should equal {0}, but is {1}", file, written);
        (await store.ReadAsync<T>("device", Life.Mac, golden)).Should().BeEquivalentTo(sample, o => o.Excluding(s => s.Effects).Excluding(elsewhere));
    }

    private static Task<string> GoldenAsync(string file) => File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Devices", "Golden", file));

    private static DeviceState Sample() => new()
    {
        Version = 9, CreatedAtUtc = At, LastSeenAtUtc = At, LastSource = Life.Home, Vendor = "yealink", Model = "T46S", Firmware = "66.86.5.1",
        CodeCounter = 3, Epoch = 2,
        Claims =
        [
            new DeviceClaim
            {
                Tenant = "acme", Location = "Lobby", Site = "berlin", CreatedAtUtc = At, TryLaterUntilUtc = At,
                Code = new StoredCode { Counter = 3, KeyId = 1, Digits = 6, ExpiresAtUtc = At, WrongCodes = 1, RedeemedAtUtc = At, RedeemedBy = "aa" },
            },
        ],
        Candidates = [new SeenCandidate { Id = "aa", IssuedAtUtc = At, SeenAtUtc = At, FirstSource = Life.Home, WrongCodes = 1, IsStopped = true }],
        Seat = new DeviceSeat
        {
            Tenant = "acme", SinceUtc = At, Epoch = 2, LockedSipSecret = "1.AAAA", ConfigTokenRandom = "bb", ScreenTokenRandom = "cc", Trust = TrustLevel.Token,
            ServedAddress = "10.0.0.5", Handout = new Handout { CandidateId = "aa", Address = "10.0.0.5", UntilUtc = At, IsStopped = true },
            User = new SeatUser { UserId = "ann", DisplayName = "Ann", PhoneNumber = "+4930123456", PolicyId = "lobby" },
            WantedConfigHash = "h1", AppliedConfigHash = "h2", AppliedAtUtc = At, ResyncOrderedAtUtc = At, Alerts = ["Look."],
        },
        Retired = [new RetiredCredential { Epoch = 1, LockedSipSecret = "1.BBBB", UntilUtc = At }],
        Bindings =
        [
            new DeviceBinding
            {
                Id = "d2", Credential = "d2", Uri = "sip:a@10.0.0.5", CanonicalUri = "sip:a@10.0.0.5", EdgeId = "e1", FlowId = "f1", Transport = "tls",
                Source = Life.Home, CallId = "r1", UserAgent = "Yealink", Generation = 9, ExpiresAtUtc = At, LastSeenAtUtc = At, IsRestricted = false,
            },
        ],
        Uses = [new CredentialUse { Credential = "d2", NonceIssuedAtMs = 1, Nonce = "n", NonceCount = 2, CallId = "r1", CSeq = 4, Response = "dd", AtUtc = At }],
        Intents = [new NotifyIntent { OrderId = "o1", Kind = NotifyKind.Restart, OperationId = "p1", CreatedAtUtc = At, Attempts = 1, NextAtUtc = At }],
        Operations = [new PendingOperation { Id = "p1", Tenant = "acme", Kind = DeviceOperationKind.SignOut, CreatedAtUtc = At, DeadlineUtc = At, SentAtUtc = At }],
        Attempt = new StoredAttempt { Id = "s1", Tenant = "acme", Progress = SignInProgress.Pending, StartedAtUtc = At, DeadlineUtc = At, UserCode = "ABCD" },
        Answered = [new AnsweredDeviceCommand { Id = "c1", Tenant = "acme", OperationId = "p1" }],
        Dials = [new AnsweredDial { CallId = "call", Credential = "caa", IsConfirmed = true }],
    };
}
