using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Grains.Tests;

/// <summary>Models, revisions, previews, and which settings may be set at all.</summary>
public sealed class PolicyHistoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private TenantState state = new() { Exists = true, Version = 1 };
    private int commands;

    [Fact]
    public void Revisions_EachChange_IsOne_NewestFirst_AndRollbackIsAnother()
    {
        Put("lobby", "de");
        Put("lobby", "fr", "yealink/T46S");
        Put("lobby", "ja");

        Do(by => new TenantCommand.RollbackPolicy(by, "lobby", 2)).Status.Should().Be(CommandStatus.Done);

        PolicyHistory.Of(state, "lobby").Select(r => (r.Revision, r.Policy.Language)).Should().Equal((4, "fr"), (3, "ja"), (2, "fr"), (1, "de"));
        state.Policies["lobby"].Language.Should().Be("fr");
        PolicyHistory.ModelsOf(state, "lobby").Should().Equal("yealink/T46S");
    }

    [Fact]
    public void Revisions_OfAPolicyFromBefore_BeginWithWhatItWas()
    {
        state.Policies = state.Policies.Add("old", new StoredPolicy { Language = "de" });

        Put("old", "fr");

        PolicyHistory.Of(state, "old").Select(r => (r.Revision, r.Policy.Language)).Should().Equal((2, "fr"), (1, "de"));
    }

    [Fact]
    public void Rollback_BringsTheChannelBack_AlsoTheOneFromBeforeRevisions()
    {
        state.Policies = state.Policies.Add("old", new StoredPolicy { Language = "de" });
        state.FirmwareChannels = ImmutableSortedDictionary<string, string>.Empty.Add("old", "stable");
        Put(new NamedPolicy { PolicyId = "old", Policy = new PhonePolicy { FirmwareChannel = "beta" } }).Status.Should().Be(CommandStatus.Done);
        Put(new NamedPolicy { PolicyId = "old", Policy = new PhonePolicy() }).Status.Should().Be(CommandStatus.Done);
        state.FirmwareChannels.Should().BeNull("no policy has one");

        Do(by => new TenantCommand.RollbackPolicy(by, "old", 2));
        PolicyHistory.BesideOf(state, "old").FirmwareChannel.Should().Be("beta");
        Do(by => new TenantCommand.RollbackPolicy(by, "old", 1));
        state.ToSnapshot("acme", KeyRing.Create()).Policies["old"].Policy.FirmwareChannel.Should().Be("stable");

        Do(by => new TenantCommand.DeletePolicy(by, "old"));
        state.FirmwareChannels.Should().BeNull();
    }

    [Fact]
    public void Rollback_BringsTheTonesBack_AndADeletedPolicyLeavesNone()
    {
        Put(new NamedPolicy { PolicyId = "old", Policy = new PhonePolicy { ToneCountry = "DE" } }).Status.Should().Be(CommandStatus.Done);
        Put(new NamedPolicy { PolicyId = "old", Policy = new PhonePolicy { ToneCountry = "FR" } }).Status.Should().Be(CommandStatus.Done);

        Do(by => new TenantCommand.RollbackPolicy(by, "old", 1));
        state.ToSnapshot("acme", KeyRing.Create()).Policies["old"].Policy.ToneCountry.Should().Be("DE");

        Do(by => new TenantCommand.DeletePolicy(by, "old"));
        state.ToneCountries.Should().BeNull();
    }

    [Fact]
    public void Preview_OfAnotherChannel_ShowsIt()
    {
        var before = new NamedPolicy { PolicyId = "desk", Policy = new PhonePolicy { FirmwareChannel = "stable" } };

        PolicyPreviews.Of(CommandOutcome.Done, before, before with { Policy = new PhonePolicy { FirmwareChannel = "beta" } })
            .Changes.Should().Equal(new PolicyChange("firmware_channel", "stable", "beta"));
    }

    [Fact]
    public void Revisions_TooMany_ForgetTheOldest()
    {
        for (var n = 0; n < 30; n++) Put("lobby", n % 2 == 0 ? "de" : "fr");
        for (var n = 0; n < 450; n++) Put($"p{n}", "de");

        PolicyHistory.Of(state, "lobby").Should().BeEmpty("450 other changes were made since");
        state.Revisions!.Count.Should().Be(TenantLimits.MaxRevisions);
        for (var n = 0; n < 30; n++) Put("p449", "fr");
        PolicyHistory.Of(state, "p449").Should().HaveCount(TenantLimits.MaxRevisionsPerPolicy);
        PolicyHistory.Of(state, "p449").First().Revision.Should().Be(31);
    }

    [Theory]
    [InlineData("none", 1, "POLICY_NOT_FOUND")]
    [InlineData("lobby", 7, "REVISION_NOT_FOUND")]
    public void Rollback_ToNowhere_IsRefused(string policy, long revision, string reason)
    {
        Put("lobby", "de");

        Do(by => new TenantCommand.RollbackPolicy(by, policy, revision)).Reason.Should().Be(reason);
    }

    [Fact]
    public void Model_InAnotherPolicy_IsRefusedWithItsName_AndFreeAgainAfterwards()
    {
        Put("desk", "de", "yealink/t46s", "yealink/*");

        Put("lobby", "fr", "yealink/T46S").Message.Should().Contain("'desk'");
        Do(by => new TenantCommand.DeletePolicy(by, "desk"));
        Put("lobby", "fr", "yealink/T46S").Status.Should().Be(CommandStatus.Done);
        state.ModelPolicies.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("yealink/T46S", "lobby"));
    }

    [Theory]
    [InlineData("yealink")]
    [InlineData("/T46S")]
    [InlineData("yealink/T46S\n")]
    [InlineData("yealink/T4*")]
    [InlineData("{{x}}/T46S")]
    public void Model_ThatIsNone_IsRefused(string model) => Put("lobby", "de", model).Reason.Should().Be("POLICY_INVALID");

    [Theory]
    [InlineData("account.1.password", "x", "set by the gateway itself")]
    [InlineData("ACCOUNT.16.PASSWORD", "x", "set by the gateway itself")]
    [InlineData("Profile_Rule", "http://evil/", "set by the gateway itself")]
    [InlineData("phone_setting.backlight_time", "61", "one of 0, 1, 15")]
    [InlineData("phone_setting.active_backlight_level", "11", "a number from 1 to 10")]
    [InlineData("phone_setting.active_backlight_level", "ten", "a number from 1 to 10")]
    public void Setting_ThatThePhoneWouldNotTake_IsRefusedWithWhatItTakes(string key, string value, string told) =>
        PutSettings("lobby", (key, value)).Message.Should().Contain(told);

    [Fact]
    public void Setting_GoodOrUnknown_IsSaved_AndThePreviewAsksAboutTheUnknown()
    {
        PutSettings("lobby", ("phone_setting.backlight_time", "60"), ("phone_setting.backlite", "1")).Status.Should().Be(CommandStatus.Done);

        var before = state.ToSnapshot("acme", KeyRing.Create()).Policies["lobby"];
        var after = before with { Policy = Of(("phone_setting.backlite", "2"), ("a.password", "geheim")), DisplayName = "Lobby" };
        var preview = PolicyPreviews.Of(CommandOutcome.Done, before, after);

        preview.Changes.Should().BeEquivalentTo(
        [
            new PolicyChange("display_name", null, "Lobby"),
            new PolicyChange("settings.a.password", null, SecretValues.Mask),
            new PolicyChange("settings.phone_setting.backlight_time", "60", null),
            new PolicyChange("settings.phone_setting.backlite", "1", "2"),
        ]);
        preview.Warnings.Should().ContainSingle().Which.Should().Contain("'phone_setting.backlite'").And.Contain("'a.password'");
    }

    [Fact]
    public void Preview_OtherSecretUnderTheSameMask_IsAChange()
    {
        var before = new NamedPolicy { PolicyId = "p", Policy = Of(("a.password", "one")) };

        PolicyPreviews.Of(CommandOutcome.Done, before, before with { Policy = Of(("a.password", "two")) }).Changes.Should().ContainSingle();
        PolicyPreviews.Of(CommandOutcome.Done, before, before).Changes.Should().BeEmpty();
    }

    [Fact]
    public void Schema_WrongLines_AreToldAtOnce()
    {
        var read = () => SettingSchema.Parse("yealink\ta.b\t1..2\nyealink\n# good\nsnom\tx\t\n");

        read.Should().Throw<FormatException>().Which.Message.Should().ContainAll("line 2", "line 4").And.NotContain("line 1 ");
    }

    private CommandOutcome Put(string id, string language, params string[] models) =>
        Put(new NamedPolicy { PolicyId = id, Policy = new PhonePolicy { Language = language }, Models = [.. models] });

    private CommandOutcome PutSettings(string id, params (string Key, string Value)[] settings) =>
        Put(new NamedPolicy { PolicyId = id, Policy = Of(settings) });

    private CommandOutcome Put(NamedPolicy policy) => Do(by => new TenantCommand.PutPolicy(by, policy, null, false));

    private static PhonePolicy Of(params (string Key, string Value)[] settings) =>
        new() { Settings = settings.ToImmutableSortedDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal) };

    private CommandOutcome Do(Func<AdminContext, TenantCommand> command)
    {
        var by = new AdminContext { Tenant = "acme", Actor = "admin-key:1", CommandId = $"c{++commands}" };
        var decision = TenantRules.Decide(command(by), state, Now);
        state = decision.Next ?? state;
        return decision.Outcome;
    }
}
