using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests;

public sealed class TenantRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ensure_NewTenant_IsMadeWithAudit()
    {
        var decision = TenantRules.Decide(new TenantCommand.Ensure(By("1")), new TenantState(), Now);

        decision.Next!.Exists.Should().BeTrue();
        decision.Next.Version.Should().Be(1);
        decision.Effects.Audit.Should().ContainSingle().Which.Action.Should().Be("tenant.create");
    }

    [Fact]
    public void Ensure_ExistingTenant_WritesNothing() =>
        TenantRules.Decide(new TenantCommand.Ensure(By("2")), Tenant(), Now).Next.Should().BeNull();

    [Fact]
    public void SetSettings_SameCommandTwice_IsAnsweredAlike()
    {
        var command = new TenantCommand.SetSettings(By("s"), new TenantSettings { CodeDigits = 8 });
        var first = TenantRules.Decide(command, Tenant(), Now);

        var second = TenantRules.Decide(command, first.Next!, Now);

        second.Outcome.Should().Be(first.Outcome);
        second.Next.Should().BeNull();
    }

    [Fact]
    public void SetSettings_ManyErrors_AreToldAtOnce()
    {
        var settings = new TenantSettings
        {
            CodeDigits = 5, CodeLifetime = TimeSpan.Zero, TrustedRanges = ["10.0.0.0/8", "10.0.0.1/33", "here"], Authority = SignInAuthorityKind.Entra,
        };

        var outcome = TenantRules.Decide(new TenantCommand.SetSettings(By("s"), settings), Tenant(), Now).Outcome;

        outcome.Status.Should().Be(CommandStatus.InvalidArgument);
        outcome.Message.Should().ContainAll("codeDigits", "codeLifetime", "'10.0.0.1/33'", "'here'", "entraTenantId", "entraClientId").And.NotContain("'10.0.0.0/8'");
    }

    [Fact]
    public void SetSettings_OlderVersionSeen_IsAConflict()
    {
        var command = new TenantCommand.SetSettings(By("s") with { ExpectedVersion = 7 }, new TenantSettings());

        TenantRules.Decide(command, Tenant(), Now).Outcome.Status.Should().Be(CommandStatus.Conflict);
    }

    [Fact]
    public void SetSettings_ValidateOnly_WritesNothing()
    {
        var decision = TenantRules.Decide(new TenantCommand.SetSettings(By("s") with { ValidateOnly = true }, new TenantSettings()), Tenant(), Now);

        decision.Outcome.Status.Should().Be(CommandStatus.Done);
        decision.Next.Should().BeNull();
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("x\0")]
    public void PutPolicy_ValueWithControlCharacter_IsRefused(string value)
    {
        var policy = Policy() with { Policy = new PhonePolicy { Settings = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("k", value) } };

        TenantRules.Decide(new TenantCommand.PutPolicy(By("p"), policy, null, false), Tenant(), Now).Outcome.Reason.Should().Be("POLICY_INVALID");
    }

    [Theory]
    [InlineData("Europe/Berlin", true)]
    [InlineData("UTC", true)]
    [InlineData("Europe/Berlin;x", false)]
    [InlineData("../../etc/passwd", false)]
    public void PutPolicy_TimeZone_IsAName(string zone, bool isGood)
    {
        var policy = Policy() with { Policy = new PhonePolicy { TimeZone = zone } };

        var outcome = TenantRules.Decide(new TenantCommand.PutPolicy(By("p"), policy, null, false), Tenant(), Now).Outcome;

        (outcome.Status == CommandStatus.Done).Should().Be(isGood);
    }

    [Theory]
    [InlineData("stable", true)]
    [InlineData("pilot-2.0_x", true)]
    [InlineData("Stable", false)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    public void PutPolicy_FirmwareChannel_IsAWord(string channel, bool isGood)
    {
        var policy = Policy() with { Policy = new PhonePolicy { FirmwareChannel = channel } };

        var decision = TenantRules.Decide(new TenantCommand.PutPolicy(By("p"), policy, null, false), Tenant(), Now);

        (decision.Outcome.Status == CommandStatus.Done).Should().Be(isGood);
        decision.Next?.FirmwareChannels.Should().ContainSingle().Which.Value.Should().Be(channel);
    }

    [Theory]
    [InlineData("eu-west", true)]
    [InlineData("3", true)]
    [InlineData("EU", false)]
    [InlineData("eu west", false)]
    [InlineData("eu;us", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefg", false)]
    public void SetSettings_Region_IsAName(string region, bool isGood)
    {
        var decision = TenantRules.Decide(new TenantCommand.SetSettings(By("s"), new TenantSettings { Region = region }), Tenant(), Now);

        (decision.Outcome.Status == CommandStatus.Done).Should().Be(isGood);
        decision.Next?.ToSnapshot("acme", Trust.KeyRing.Create()).Settings.Region.Should().Be(region);
        if (decision.Next is { } next) TenantRules.Decide(new TenantCommand.SetSettings(By("t"), new TenantSettings()), next, Now).Next!.Region.Should().BeNull();
    }

    [Theory]
    [InlineData("DE", true)]
    [InlineData("de", false)]
    [InlineData("DEU", false)]
    [InlineData("", false)]
    public void PutPolicy_ToneCountry_IsTwoCapitalLetters(string country, bool isGood)
    {
        var policy = Policy() with { Policy = new PhonePolicy { ToneCountry = country } };

        var decision = TenantRules.Decide(new TenantCommand.PutPolicy(By("p"), policy, null, false), Tenant(), Now);

        (decision.Outcome.Status == CommandStatus.Done).Should().Be(isGood);
        decision.Next?.ToneCountries.Should().ContainSingle().Which.Value.Should().Be(country);
    }

    [Fact]
    public void FirmwareChannelAndGate_TakenBack_LeaveNothingInTheState()
    {
        var policy = Policy() with { Policy = new PhonePolicy { FirmwareChannel = "stable" } };
        var state = TenantRules.Decide(new TenantCommand.PutPolicy(By("p"), policy, null, false), Tenant(), Now).Next!;
        state = TenantRules.Decide(new TenantCommand.SetSettings(By("s"), new TenantSettings { CompatibilityGate = CompatibilityGate.Warn }), state, Now).Next!;
        var snapshot = state.ToSnapshot("acme", Trust.KeyRing.Create());
        snapshot.Policies[policy.PolicyId].Policy.FirmwareChannel.Should().Be("stable");
        snapshot.Settings.CompatibilityGate.Should().Be(CompatibilityGate.Warn);

        state = TenantRules.Decide(new TenantCommand.PutPolicy(By("q"), Policy(), null, false), state, Now).Next!;
        state = TenantRules.Decide(new TenantCommand.SetSettings(By("t"), new TenantSettings()), state, Now).Next!;

        state.FirmwareChannels.Should().BeNull();
        state.CompatibilityGate.Should().BeNull();
    }

    [Fact]
    public void PutPolicy_MustBeNewButIsThere_IsRefused()
    {
        var command = new TenantCommand.PutPolicy(By("p"), Policy(), null, MustBeNew: true);
        var state = TenantRules.Decide(command, Tenant(), Now).Next!;

        TenantRules.Decide(command with { Context = By("q") }, state, Now).Outcome.Status.Should().Be(CommandStatus.AlreadyExists);
    }

    [Fact]
    public void DeletePolicy_UsedBySite_IsRefusedWithItsName()
    {
        var state = TenantRules.Decide(new TenantCommand.PutPolicy(By("p"), Policy(), null, false), Tenant(), Now).Next!;
        state = TenantRules.Decide(new TenantCommand.PutSite(By("q"), new Site { SiteId = "berlin", PolicyId = "lobby" }, false), state, Now).Next!;

        var outcome = TenantRules.Decide(new TenantCommand.DeletePolicy(By("r"), "lobby"), state, Now).Outcome;

        outcome.Status.Should().Be(CommandStatus.FailedPrecondition);
        outcome.Message.Should().Contain("berlin");
    }

    [Fact]
    public void PutSite_UnknownPolicy_IsRefused() =>
        TenantRules.Decide(new TenantCommand.PutSite(By("q"), new Site { SiteId = "s", PolicyId = "none" }, false), Tenant(), Now)
            .Outcome.Status.Should().Be(CommandStatus.InvalidArgument);

    private static TenantState Tenant() => new() { Exists = true, Version = 1 };

    private static NamedPolicy Policy() => new() { PolicyId = "lobby", Policy = new PhonePolicy { Language = "de" } };

    private static AdminContext By(string command) => new() { Tenant = "acme", Actor = "admin-key:1", CommandId = command };
}
