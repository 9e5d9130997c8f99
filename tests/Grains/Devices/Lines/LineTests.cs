using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Grains.Tests.Devices;

/// <summary>Ports and handsets: keys, how a line comes to its seat, and that it goes with its device.</summary>
public sealed class LineTests
{
    private const string SecondKey = Life.Mac + "-002";
    private readonly KeyRing ring = KeyRing.Create();
    private readonly string directory = Directory.CreateTempSubdirectory("sipgw-lines-").FullName;
    private int commands;

    [Theory]
    [InlineData("00:15:65:AA:BB:CC", Life.Mac)]
    [InlineData("001565aabbcc:001", Life.Mac)]
    [InlineData("001565aabbcc:002", SecondKey)]
    [InlineData("00-15-65-aa-bb-cc:002", SecondKey)]
    [InlineData("00:15:65:aa:bb:cc:002", SecondKey)]
    [InlineData("001565aabbcc-002", SecondKey)]
    [InlineData("001565aabbcc:250", Life.Mac + "-250")]
    [InlineData("001565aabbcc:251", "")]
    [InlineData("001565aabbcc:000", "")]
    [InlineData("001565aabbcc:2", "")]
    [InlineData("001565aabbcc:-02", "")]
    [InlineData("001565aabbcc:+02", "")]
    [InlineData("001565aabbcc:00２", "")]
    [InlineData("001565aabb:002", "")]
    [InlineData(":002", "")]
    [InlineData("", "")]
    public void Key_AsPeopleWriteIt_IsReadOrRefused(string text, string key)
    {
        LineKey.TryParse(text, out var read).Should().Be(key.Length > 0);
        read.Should().Be(key);
        if (key.Length == 0) return;
        LineKey.Of(LineKey.MacOf(key), LineKey.LineOf(key)).Should().Be(key);
    }

    [Fact]
    public void Line_JoinsWithItsDevice_WaitsForItsCode_AndKeepsItsAccount()
    {
        var line = new Life();
        line.Claim("acme");

        Join(line, "acme");

        var seat = line.State.Seat!;
        View(line).State.Should().Be(DeviceLifeState.WaitingOnActivation);
        ExplainRules.Explain(line.State, Life.Mac, "acme", line.Now).Should().Contain(f => f.Stage == "Enrollment" && f.Status == "WAITING");
        Join(line, "acme");
        line.State.Seat.Should().BeEquivalentTo(seat, "the same account every time");
        line.State.Epoch.Should().Be(1);
    }

    [Fact]
    public void Line_ItsCodeDialledOnIt_IsEnrolled_AndAnotherLinesCodeIsWrong()
    {
        var line = new Life();
        line.Claim("acme");
        Join(line, "acme");
        var code = line.Code("acme");
        var wrong = code[..^1] + (char)('0' + ((code[^1] - '0' + 1) % 10));

        Dial(line, wrong).Should().Be(EnrollmentRules.WrongCode);
        View(line).State.Should().Be(DeviceLifeState.WaitingOnActivation);
        Dial(line, code).Should().BeEmpty();
        View(line).State.Should().Be(DeviceLifeState.WaitingForSignIn);
        VerificationCode.Derive(ring, ring.CurrentId, Life.Mac, "acme", 1).Should().NotBe(VerificationCode.Derive(ring, ring.CurrentId, SecondKey, "acme", 1));
    }

    [Fact]
    public void Line_OfADeviceThatAnotherTenantHolds_StartsAnew()
    {
        var line = new Life();
        line.Claim("acme");
        Join(line, "acme");
        Dial(line, line.Code("acme"));
        var before = line.State.Seat!;

        line.Claim("other");
        Join(line, "other");

        line.State.Seat!.Tenant.Should().Be("other");
        line.State.Seat.LockedSipSecret.Should().NotBe(before.LockedSipSecret);
        line.State.IsWaitingForCode.Should().BeTrue();
        ViewRules.View(line.State, SecondKey, "acme", line.Now)!.State.Should().Be(DeviceLifeState.WaitingOnActivation, "a claim shows nothing of it");
    }

    [Fact]
    public async Task Device_Fetching_GetsTheLinesThatItsTenantClaimed_AsFarAsItHasThem()
    {
        await using var silo = await DeviceSilo.StartAsync(directory, ring);
        var token = await EnrolAsync(silo);
        foreach (var (key, tenant) in new[] { (SecondKey, "acme"), (Life.Mac + "-003", "acme"), (Life.Mac + "-004", "other") })
            (await silo.Grains.GetGrain<IDeviceGrain>(key).Claim(new ClaimCommand { Context = By(tenant) })).Status.Should().Be(CommandStatus.Done);

        var two = (await Fetch(silo, token, lines: 2)).Config!;
        var many = (await Fetch(silo, token, lines: 250)).Config!;

        two.Lines.Select(l => l.Number).Should().Equal(2);
        many.Lines.Select(l => l.Number).Should().Equal(2, 3);
        many.Hash.Should().Be(two.Hash, "each line has a hash of its own");
        many.Lines[0].Should().Be(two.Lines[0], "equal state, equal file");
        DeviceSipUser.Parse(ring, two.Lines[0].SipUser).Should().Be(new DeviceSipUser(Life.Mac, 2, 1));
        (await Fetch(silo, token, lines: 1)).Config!.Lines.Should().BeEmpty();
        (await silo.Inventory.ListDevicesAsync(Query("acme"), default)).Items.Should().ContainSingle("lines are no devices").Which.Mac.Should().Be(Life.Mac);
        (await silo.Inventory.FindLinesAsync("acme", Life.Mac, default)).Select(r => r.Mac).Should().Equal(SecondKey, Life.Mac + "-003");
    }

    [Fact]
    public async Task Device_Deleted_TakesItsLinesAlong_AndNobodyElses()
    {
        await using var silo = await DeviceSilo.StartAsync(directory, ring);
        var token = await EnrolAsync(silo);
        await silo.Grains.GetGrain<IDeviceGrain>(SecondKey).Claim(new ClaimCommand { Context = By("acme") });
        await silo.Grains.GetGrain<IDeviceGrain>(Life.Mac + "-003").Claim(new ClaimCommand { Context = By("other") });
        var line = (await Fetch(silo, token, lines: 2)).Config!.Lines.Single();

        await silo.Phone.Delete(By("acme"));

        (await silo.Grains.GetGrain<IDeviceGrain>(SecondKey).Get("acme")).Should().BeNull();
        (await silo.Grains.GetGrain<IDeviceGrain>(Life.Mac + "-003").Get("other")).Should().NotBeNull();
        line.SipPassword.Should().NotBeEmpty();
    }

    private async Task<string> EnrolAsync(DeviceSilo silo)
    {
        var candidate = Life.Candidate(1) with { IssuedAtUtc = TimeProvider.System.GetUtcNow() };
        await silo.Phone.Claim(new ClaimCommand { Context = By("acme") });
        await silo.Phone.DialFeatureCode(Life.DialCommand(candidate, (await silo.Phone.GenerateCode(By("acme"))).Code));
        return (await silo.Phone.FetchConfig(FetchOf(1) with { Candidate = candidate })).Config!.ConfigTokenRandom;
    }

    private static Task<FetchConfigOutcome> Fetch(DeviceSilo silo, string token, int lines) =>
        silo.Phone.FetchConfig(FetchOf(lines) with { TokenRandom = token });

    private static FetchConfigCommand FetchOf(int lines) => new()
    {
        File = ConfigFile.Whole, IsSecure = true, Source = Life.Home, Lines = lines, Phone = new PhoneIdentity { Vendor = "ciscoata", Model = "ATA191" },
    };

    private static Storage.DeviceQuery Query(string tenant) => new() { Tenant = tenant, NowUtc = TimeProvider.System.GetUtcNow() };

    private AdminContext By(string tenant) => new() { Tenant = tenant, Actor = "admin-key:1", CommandId = $"c{++commands}" };

    private static DeviceView View(Life line) => ViewRules.View(line.State, Life.Mac, "acme", line.Now)!;

    private static void Join(Life line, string tenant) => line.Keep(c =>
    {
        var command = new JoinLineCommand
        {
            Tenant = tenant, Trust = TrustLevel.Token, Source = Life.Home, IsBoot = false, Phone = new PhoneIdentity { Vendor = "ciscoata", Model = "ATA191" },
        };
        LineRules.Join(command, c, line.Fresh());
        return true;
    });

    private static string Dial(Life line, string code) => line.Keep(c => EnrollmentRules.Decide(
        Life.DialCommand(Life.Candidate(1), code) with { Caller = Life.Device(1, 1) },
        EnrollmentRules.Match(line.State, code, Life.Mac, line.Ring, new HashSet<string>()),
        [],
        c,
        line.Fresh()));
}
