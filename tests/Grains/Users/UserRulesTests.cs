using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests;

public sealed class UserRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly UserKey Key = new("acme", "ann");

    [Fact]
    public void Create_NumberInAnyInternationalNotation_IsStoredAsE164AndTaken()
    {
        var decision = Decide(Create("Ann", "+49 (30) 123-456"), new UserState());

        decision.Next!.PhoneNumber.Should().Be("+4930123456");
        decision.Effects.TakenKeys.Should().ContainSingle().Which.Should().Be(new SipGateway.Storage.UniqueKey("number", "acme/+4930123456"));
        decision.Effects.Users!.Value.Should().ContainSingle().Which.UserId.Should().Be("Ann");
    }

    [Theory]
    [InlineData("030 123456")]
    [InlineData("hello")]
    [InlineData("+")]
    public void Create_NoInternationalNumber_IsRefused(string number) =>
        Decide(Create("Ann", number), new UserState()).Outcome.Status.Should().Be(CommandStatus.InvalidArgument);

    [Theory]
    [InlineData("bob")]
    [InlineData("a/b")]
    [InlineData("")]
    public void Create_OtherOrBadUserId_IsRefused(string userId) =>
        Decide(Create(userId, ""), new UserState()).Outcome.Status.Should().Be(CommandStatus.InvalidArgument);

    [Fact]
    public void Update_NewNumber_GivesTheOldOneBack()
    {
        var state = Decide(Create("ann", "+4930123456"), new UserState()).Next!;

        var decision = Decide(new UserCommand.Update(By("u"), null, "+4930999999", null, null), state);

        decision.Effects.TakenKeys.Should().ContainSingle().Which.Key.Should().Be("acme/+4930999999");
        decision.Effects.ReleasedKeys.Should().ContainSingle().Which.Key.Should().Be("acme/+4930123456");
        decision.Next!.DisplayName.Should().Be(state.DisplayName);
    }

    [Fact]
    public void Delete_User_LeavesRowNumberAndPasswordBehindAndIsDue()
    {
        var state = Decide(Create("ann", "+4930123456") with { PasswordHash = "hash" }, new UserState()).Next!;

        var decision = Decide(new UserCommand.Delete(By("d")), state);

        decision.Next!.Exists.Should().BeFalse();
        decision.Next.PasswordHash.Should().BeEmpty();
        decision.Next.Version.Should().BeGreaterThan(state.Version);
        decision.Effects.Users!.Value.Should().BeEmpty();
        decision.Effects.ReleasedKeys.Should().ContainSingle();
        decision.Effects.DueAtUtc.Should().BeAfter(Now);
    }

    [Fact]
    public void Create_WhilePhonesOfTheDeletedNamesakeAreSignedOut_IsRefused()
    {
        var state = Decide(new UserCommand.Delete(By("d")), Decide(Create("ann", ""), new UserState()).Next!).Next!;

        Decide(Create("ann", "") with { Context = By("again") }, state).Outcome.Status.Should().Be(CommandStatus.FailedPrecondition);
    }

    [Fact]
    public void Learn_KnownUserUnchanged_WritesNothing()
    {
        var claims = new SignedInUser { UserId = "ann", DisplayName = "Ann", PhoneNumber = "+4930123456" };
        var state = Decide(new UserCommand.Learn(claims), new UserState()).Next!;

        Decide(new UserCommand.Learn(claims), state).Next.Should().BeNull();
        state.Exists.Should().BeTrue();
    }

    [Theory]
    [InlineData(FeatureKind.Forward, "+493012345", true)]
    [InlineData(FeatureKind.Forward, "", false)]
    [InlineData(FeatureKind.SimultaneousRing, "12;x", false)]
    [InlineData(FeatureKind.Enroll, "", false)]
    public void ApplyFeature_Argument_IsJudged(FeatureKind feature, string argument, bool isGood)
    {
        var outcome = Decide(new UserCommand.ApplyFeature(feature, argument, "device:001565aabbcc"), new UserState { Exists = true, UserId = "ann" }).Outcome;

        (outcome.Status == CommandStatus.Done).Should().Be(isGood);
    }

    [Fact]
    public void ApplyFeature_ResetForwarding_ClearsAllThree()
    {
        var state = new UserState { Exists = true, ForwardTo = "1", ForwardOnTimeoutTo = "2", SimultaneousRing = "3", DoNotDisturb = true };

        var next = Decide(new UserCommand.ApplyFeature(FeatureKind.ResetForwarding, "", "device:001565aabbcc"), state).Next!;

        (next.ForwardTo + next.ForwardOnTimeoutTo + next.SimultaneousRing).Should().BeEmpty();
        next.DoNotDisturb.Should().BeTrue();
    }

    [Fact]
    public void CountWrong_TenthInARow_Locks()
    {
        var (wrong, locked) = (0, (DateTimeOffset?)null);
        for (var i = 0; i < 9; i++) (wrong, locked) = PasswordRules.CountWrong(wrong, Now);
        locked.Should().BeNull();

        (wrong, locked) = PasswordRules.CountWrong(wrong, Now);

        PasswordRules.IsLocked(locked, Now.AddMinutes(14)).Should().BeTrue();
        PasswordRules.IsLocked(locked, Now.AddMinutes(15)).Should().BeFalse();
        wrong.Should().Be(0);
    }

    [Fact]
    public void Verify_EmptyHash_FitsNoPassword() => PasswordHashing.Verify("", "").Should().BeFalse();

    private static UserDecision Decide(UserCommand command, UserState state) => UserRules.Decide(command, state, Key, Now);

    private static UserCommand.Create Create(string userId, string number) =>
        new(By("c"), new UserProfile { UserId = userId, DisplayName = "Ann", PhoneNumber = number }, "");

    private static AdminContext By(string command) => new() { Tenant = "acme", Actor = "admin-key:1", CommandId = command };
}
