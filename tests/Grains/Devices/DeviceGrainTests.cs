using SipGateway.Grains.Interfaces;
using SipGateway.Sip.Authentication;
using SipGateway.Trust;

namespace SipGateway.Grains.Tests.Devices;

public sealed class DeviceGrainTests
{
    private readonly KeyRing ring = KeyRing.Create();
    private readonly string directory = Directory.CreateTempSubdirectory("sipgw-device-").FullName;
    private int commands;

    [Fact]
    public async Task Phone_FromClaimToSignOut_AndAcrossARestart()
    {
        string token;
        await using (var silo = await DeviceSilo.StartAsync(directory, ring))
        {
            (await silo.Phone.Claim(new ClaimCommand { Context = By(), Location = "Lobby" })).Status.Should().Be(CommandStatus.Done);
            var code = (await silo.Phone.GenerateCode(By())).Code;
            (await silo.Phone.DialFeatureCode(Life.DialCommand(Now(1), code))).Status.Should().Be(DialStatus.Confirmed);
            var config = (await Fetch(silo, Now(1), null)).Config!;
            token = config.ConfigTokenRandom;
            (await Fetch(silo, null, token)).Config.Should().NotBeNull();
            (await silo.Phone.Register(Register(config, 1, 1000))).Status.Should().Be(RegisterStatus.Accepted);
            await SignIn(silo);
            // The former account is retired: not wrong, but restricted.
            (await silo.Phone.Register(Register(config, 2, 2000))).Status.Should().Be(RegisterStatus.Accepted);
            (await silo.Inventory.FindDeviceAsync("acme", Life.Mac, default))!.State.Should().Be("SIGNED_IN");
        }

        await using var again = await DeviceSilo.StartAsync(directory, ring);
        var own = (await Fetch(again, null, token)).Config!;
        own.DisplayName.Should().Be("Ann");
        (await again.Phone.Get("acme"))!.Bindings.Should().ContainSingle(b => b.Restricted);
        (await again.Phone.SignOut(new SignOutCommand { Admin = By() })).Status.Should().Be(CommandStatus.Done);
        (await again.Phone.Get("acme"))!.State.Should().Be(DeviceLifeState.WaitingForSignIn);
        (await again.Phone.Delete(By())).Status.Should().Be(CommandStatus.Done);
        (await again.Inventory.FindDeviceAsync("acme", Life.Mac, default)).Should().BeNull();
    }

    [Fact]
    public async Task Phone_ThatMoves_WritesItsBindingAndNoState_AndNoDigestOfItWorksAgainAfterARestart()
    {
        PhoneConfig config;
        long version;
        await using (var silo = await DeviceSilo.StartAsync(directory, ring))
        {
            config = await EnrollAsync(silo);
            (await silo.Phone.Register(Register(config, 1, 1000))).Status.Should().Be(RegisterStatus.Accepted);
            version = (await silo.Phone.Get("acme"))!.Version;
            for (var n = 2; n < 6; n++)
                (await silo.Phone.Register(Register(config, 1, 1000 * n) with { CallId = $"boot{n}" })).Status.Should().Be(RegisterStatus.Accepted);
            (await silo.Phone.Get("acme"))!.Version.Should().Be(version);
        }

        await using var again = await DeviceSilo.StartAsync(directory, ring);
        var view = (await again.Phone.Get("acme"))!;
        view.Version.Should().Be(version);
        view.Bindings.Should().ContainSingle(b => !b.Restricted);
        (await again.Inventory.FindDeviceAsync("acme", Life.Mac, default))!.BindingExpiresAtUtc.Should()
            .BeCloseTo(view.Bindings[0].ExpiresAtUtc, TimeSpan.FromMilliseconds(1));
        (await again.Phone.Register(Register(config, 2, 4000) with { CallId = "boot5" })).Status.Should().Be(RegisterStatus.StaleNonce);
        (await again.Phone.Register(Register(config, 1, 5000) with { CallId = "boot5" })).Status.Should().Be(RegisterStatus.Accepted, "it is a repetition");
    }

    [Fact]
    public async Task Phone_ThatTookItsRegistrationBack_DoesNotComeBackByAReplayAfterARestart()
    {
        PhoneConfig config;
        await using (var silo = await DeviceSilo.StartAsync(directory, ring))
        {
            config = await EnrollAsync(silo);
            (await silo.Phone.Register(Register(config, 1, 1000))).Status.Should().Be(RegisterStatus.Accepted);
            (await silo.Phone.Register(Register(config, 2, 2000) with { RemoveAll = true, Contacts = [] })).Status.Should().Be(RegisterStatus.Accepted);
        }

        await using var again = await DeviceSilo.StartAsync(directory, ring);
        (await again.Phone.Get("acme"))!.Bindings.Should().BeEmpty();
        (await again.Phone.Register(Register(config, 1, 1000))).Status.Should().Be(RegisterStatus.StaleNonce);
        (await again.Inventory.FindDeviceAsync("acme", Life.Mac, default))!.BindingExpiresAtUtc.Should().BeNull();
    }

    [Fact]
    public async Task OneCode_TwoCandidatesAtOnce_ExactlyOneWins()
    {
        await using var silo = await DeviceSilo.StartAsync(directory, ring);
        await silo.Phone.Claim(new ClaimCommand { Context = By() });
        var code = (await silo.Phone.GenerateCode(By())).Code;

        var ends = await Task.WhenAll(Enumerable.Range(1, 2).Select(n => silo.Phone.DialFeatureCode(Life.DialCommand(Now(n), code, callId: $"call{n}"))));

        ends.Count(e => e.Status == DialStatus.Confirmed).Should().Be(1);
    }

    [Fact]
    public async Task Claim_OnlyAskedAbout_WritesNothing_AndARepetitionGetsTheSameAnswer()
    {
        await using var silo = await DeviceSilo.StartAsync(directory, ring);
        (await silo.Phone.Claim(new ClaimCommand { Context = By() with { ValidateOnly = true } })).Status.Should().Be(CommandStatus.Done);
        (await silo.Phone.Get("acme")).Should().BeNull();
        var command = new ClaimCommand { Context = By() };
        (await silo.Phone.Claim(command)).Status.Should().Be(CommandStatus.Done);
        (await silo.Phone.Claim(command)).Status.Should().Be(CommandStatus.Done);
    }

    [Fact]
    public async Task Files_AreTheirUsersAlone_LockedOnDisk_AndGoWithTheDevice()
    {
        PhoneConfig config;
        await using (var silo = await DeviceSilo.StartAsync(directory, ring))
        {
            config = await EnrollAsync(silo);
            (await silo.Phone.KeepFile(File(config.ConfigTokenRandom, "a.log", "LISTOFCALLS"))).Should().BeTrue();
            (await silo.Phone.KeepFile(File("00000000000000000000000000000000", "b.log", "x"))).Should().BeFalse();
            (await silo.Phone.ListFiles("other")).Should().BeNull();
        }

        foreach (var file in Directory.EnumerateFiles(directory))
            System.Text.Encoding.Latin1.GetString(await System.IO.File.ReadAllBytesAsync(file)).Should().NotContain("LISTOFCALLS");
        await using var again = await DeviceSilo.StartAsync(directory, ring);
        (await again.Phone.ListFiles("acme"))!.Value.Should().ContainSingle().Which.Content.Should().BeEmpty();
        System.Text.Encoding.UTF8.GetString((await again.Phone.ReturnFile(config.ConfigTokenRandom, "a.log"))!.Content.AsSpan()).Should().Be("LISTOFCALLS");
        await Fetch(again, null, config.ConfigTokenRandom);
        await SignIn(again);
        (await again.Phone.ListFiles("acme"))!.Value.Should().BeEmpty("Ann does not read who was called before");
        (await again.Phone.Delete(By())).Status.Should().Be(CommandStatus.Done);
        (await again.Grains.GetGrain<IPhoneFilesGrain>(Life.Mac).List("acme/")).Should().BeEmpty();
    }

    [Fact]
    public async Task Register_WrongDigest_IsChallenged()
    {
        await using var silo = await DeviceSilo.StartAsync(directory, ring);
        (await silo.Phone.Register(Life.Register(Life.Device(7, 1), 1))).Status.Should().Be(RegisterStatus.WrongDigest);
    }

    private static KeepFileCommand File(string token, string name, string content) => new()
    {
        TokenRandom = token, Name = name, Content = [.. System.Text.Encoding.UTF8.GetBytes(content)], Source = Life.Home,
    };

    [Fact]
    public async Task SignIn_ByAnAccountWhoseNameIsNone_SignsNobodyIn()
    {
        await using var silo = await DeviceSilo.StartAsync(directory, ring);
        var config = await EnrollAsync(silo);
        (await silo.Phone.Register(Register(config, 1, 1000))).Status.Should().Be(RegisterStatus.Accepted);

        await SignIn(silo, "../globex/ann\n", SignInProgress.Failed);

        (await silo.Phone.Get("acme"))!.State.Should().Be(DeviceLifeState.WaitingForSignIn);
    }

    [Fact]
    public async Task OldFirmware_WhereTheTenantRefuses_IsToldAtTheDoorsAndStaysInService()
    {
        await using var silo = await DeviceSilo.StartAsync(directory, ring);
        var config = await EnrollAsync(silo, new PhoneIdentity { Vendor = "yealink", Model = "T46S", Firmware = "66.81.0.15" });
        var acme = silo.Grains.GetGrain<ITenantGrain>("acme");
        (await acme.SetSettings(By(), new TenantSettings { CompatibilityGate = CompatibilityGate.Refuse })).Status.Should().Be(CommandStatus.Done);

        var old = new PhoneIdentity { Vendor = "yealink", Model = "T46S", Firmware = "66.81.0.15" };
        var fetched = await silo.Phone.FetchConfig(new FetchConfigCommand
        {
            TokenRandom = config.ConfigTokenRandom, File = ConfigFile.Device, IsSecure = true, Source = "10.0.0.5:40000", Phone = old,
        });
        fetched.Config.Should().NotBeNull("a phone in service gets its file whatever it runs");
        fetched.MinFirmware.Should().Be("*.83", "the edge hands out nothing older");

        var start = await silo.Phone.StartSignIn(new StartSignInCommand { Admin = By() });
        var again = await silo.Phone.StartSignIn(new StartSignInCommand { Admin = By() });

        start.Outcome.Reason.Should().Be("DEVICE_NOT_COMPATIBLE");
        again.Outcome.Should().BeEquivalentTo(start.Outcome);
        silo.SignIns.Attempts.Should().BeEmpty();
        var view = (await silo.Phone.Get("acme"))!;
        view.State.Should().Be(DeviceLifeState.WaitingForSignIn, "it is in service and stays so");
        view.Compatibility.Should().Be(DeviceCompatibility.BelowMinimum);
        (await silo.Phone.Explain("acme")).Should().Contain(f => f.Status == "PROBLEM" && f.Message.StartsWith("Compatibility:", StringComparison.Ordinal));
        (await silo.EventsAsync("acme")).Should().ContainSingle(e => e.Kind == "signin.incompatible").Which.Message.Should().Contain("83 or later");
        (await silo.Phone.Claim(new ClaimCommand { Context = By() with { Tenant = "globex" } })).Device!.Compatibility.Should().Be(DeviceCompatibility.Unknown);

        (await acme.SetSettings(By(), new TenantSettings())).Status.Should().Be(CommandStatus.Done);
        (await silo.Phone.StartSignIn(new StartSignInCommand { Admin = By() })).Outcome.Status.Should().Be(CommandStatus.Done);
    }

    [Fact]
    public async Task Region_OfTheTenant_IsInThePhonesFile_AndAnotherOneIsAChangeThatItIsToldOf()
    {
        await using var silo = await DeviceSilo.StartAsync(directory, ring);
        var before = await EnrollAsync(silo);
        (await silo.Phone.Register(Register(before, 1, 1000))).Status.Should().Be(RegisterStatus.Accepted);
        (await IsUpToDateAsync(silo)).Should().BeTrue();
        var acme = silo.Grains.GetGrain<ITenantGrain>("acme");
        (await acme.SetSettings(By(), new TenantSettings { Region = "eu" })).Status.Should().Be(CommandStatus.Done);

        (await silo.Phone.Register(Register(before, 2, 2000))).Status.Should().Be(RegisterStatus.Accepted, "it is served wherever it is");
        (await IsUpToDateAsync(silo)).Should().BeFalse();
        var after = (await Fetch(silo, null, before.ConfigTokenRandom)).Config!;

        (before.Policy.Region, after.Policy.Region).Should().Be(("", "eu"));
        after.Hash.Should().NotBe(before.Hash);
        (await silo.Phone.GetEffectiveValues("acme"))!.Value.Should().ContainSingle(v => v.Key == "region").Which.Value.Should().Be("eu");
        (await IsUpToDateAsync(silo)).Should().BeTrue();
    }

    private static async Task<bool> IsUpToDateAsync(DeviceSilo silo) =>
        (await silo.Phone.Get("acme"))! is { ConfigHash.Length: > 0 } view && view.ConfigHash == view.AppliedConfigHash;

    private async Task<PhoneConfig> EnrollAsync(DeviceSilo silo, PhoneIdentity phone)
    {
        var config = await EnrollAsync(silo);
        await silo.Phone.FetchConfig(new FetchConfigCommand
        {
            TokenRandom = config.ConfigTokenRandom, File = ConfigFile.Device, IsSecure = true, Source = "10.0.0.5:40000", Phone = phone,
        });
        return config;
    }

    private async Task<PhoneConfig> EnrollAsync(DeviceSilo silo)
    {
        await silo.Phone.Claim(new ClaimCommand { Context = By() });
        await silo.Phone.DialFeatureCode(Life.DialCommand(Now(1), (await silo.Phone.GenerateCode(By())).Code));
        return (await Fetch(silo, Now(1), null)).Config!;
    }

    private AdminContext By() => new() { Tenant = "acme", Actor = "admin-key:1", CommandId = $"c{++commands}" };

    private static CandidateFacts Now(int n) => Life.Candidate(n) with { IssuedAtUtc = TimeProvider.System.GetUtcNow() };

    private static Task<FetchConfigOutcome> Fetch(DeviceSilo silo, CandidateFacts? candidate, string? token) => silo.Phone.FetchConfig(new FetchConfigCommand
    {
        Candidate = candidate, TokenRandom = token, File = ConfigFile.Device, IsSecure = true, Source = "10.0.0.5:40000",
        Phone = new PhoneIdentity { Vendor = "yealink", Model = "T46S" },
    });

    private async Task SignIn(DeviceSilo silo, string userId = "ann", SignInProgress end = SignInProgress.SignedIn)
    {
        (await silo.Phone.StartSignIn(new StartSignInCommand { Admin = By() })).Outcome.Status.Should().Be(CommandStatus.Done);
        silo.SignIns.Attempts.TryDequeue(out var attempt).Should().BeTrue();
        await silo.Phone.CompleteSignIn(new SignInResultReport
        {
            AttemptId = attempt!.AttemptId, User = new SignedInUser { UserId = userId, DisplayName = "Ann" },
        });
        (await silo.Phone.GetSignIn()).Progress.Should().Be(end);
    }

    private RegisterCommand Register(PhoneConfig config, uint cseq, long nonce)
    {
        var epoch = DeviceSipUser.Parse(ring, config.SipUser)!.Epoch;
        var digest = Life.Digest(nonce) with { UserName = config.SipUser };
        var ha1 = DigestResponse.Ha1(config.SipUser, digest.Realm, config.SipPassword);
        var response = DigestResponse.Compute(DigestAlgorithm.Md5, ha1, "REGISTER", digest.Uri, digest.Nonce, "00000001", "", null, []);
        return Life.Register(Life.Device(epoch, nonce) with { Digest = digest with { Response = response } }, cseq);
    }
}
