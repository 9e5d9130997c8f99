namespace SipGateway.Edge.Tests.Sip;

public sealed class BanRulesTests
{
    private static readonly BanPolicy Policy =
        new(10, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1));

    [Fact]
    public void Fail_OneAfterTheOther_IsChallengedThenSlowedThenBanned()
    {
        var verdicts = new List<FailureVerdict>();
        var forgivenAt = 0L;
        for (var i = 0; i < 25; i++)
        {
            forgivenAt = BanRules.Fail(forgivenAt, 0, Policy);
            verdicts.Add(BanRules.Judge(forgivenAt, 0, Policy));
        }

        verdicts.Should().Equal(
            [.. Enumerable.Repeat(FailureVerdict.Challenged, 10), .. Enumerable.Repeat(FailureVerdict.Slowed, 10), .. Enumerable.Repeat(FailureVerdict.Banned, 5)]);
    }

    [Fact]
    public void Fail_AsOftenAsIsForgiven_IsChallengedForEver()
    {
        var forgivenAt = 0L;
        for (var i = 0; i < 10_000; i++)
        {
            var now = i * Policy.Forgiveness.Ticks;
            forgivenAt = BanRules.Fail(forgivenAt, now, Policy);
            BanRules.Judge(forgivenAt, now, Policy).Should().Be(FailureVerdict.Challenged);
        }
    }

    [Fact]
    public void Ban_WithoutMore_LastsItsTimeAndIsForgivenBitByBit()
    {
        var forgivenAt = After(21, 0);
        var ban = Policy.Ban + Policy.Forgiveness;
        Judge(forgivenAt, TimeSpan.Zero).Should().Be(FailureVerdict.Banned);
        Judge(forgivenAt, ban - TimeSpan.FromTicks(1)).Should().Be(FailureVerdict.Banned);
        Judge(forgivenAt, ban).Should().Be(FailureVerdict.Slowed);
        Judge(forgivenAt, ban + (10 * Policy.Forgiveness)).Should().Be(FailureVerdict.Challenged);
        BanRules.Judge(BanRules.Fail(forgivenAt, ban.Ticks, Policy), ban.Ticks, Policy).Should().Be(FailureVerdict.Banned, "the next try bans again");
    }

    [Fact]
    public void Ban_WhateverComesMeanwhile_LastsNoLongerThanTheLongest()
    {
        var forgivenAt = After(100_000, 0);
        Judge(forgivenAt, Policy.LongestBan - TimeSpan.FromTicks(1)).Should().Be(FailureVerdict.Banned);
        Judge(forgivenAt, Policy.LongestBan).Should().Be(FailureVerdict.Slowed);
    }

    [Fact]
    public void Judge_UnderAGreaterAllowance_ForgivesEarlier()
    {
        var forgivenAt = After(21, 0);
        BanRules.Judge(forgivenAt, 0, Policy with { Allowance = 100 }).Should().Be(FailureVerdict.Challenged);
    }

    private static FailureVerdict Judge(long forgivenAt, TimeSpan now) => BanRules.Judge(forgivenAt, now.Ticks, Policy);

    private static long After(int failures, long now)
    {
        var forgivenAt = 0L;
        for (var i = 0; i < failures; i++)
        {
            forgivenAt = BanRules.Fail(forgivenAt, now, Policy);
        }

        return forgivenAt;
    }
}
