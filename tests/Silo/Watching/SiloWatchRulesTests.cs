using System.Net;
using Orleans.Runtime;

namespace SipGateway.Silo.Tests.Watching;

public sealed class SiloWatchRulesTests
{
    private static readonly SiloAddress One = Address(1);
    private static readonly SiloAddress Two = Address(2);
    private static readonly TimeSpan LongSeen = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan JustNow = TimeSpan.FromSeconds(0.5);

    [Fact]
    public void Judge_AllWell_NobodyLeaves() =>
        Judge(LongSeen, Answering(One, reached: [Two]), Answering(Two, reached: [One])).Should().BeEmpty();

    [Fact]
    public void Judge_DatabaseLostByOne_ItLeaves() =>
        Judge(LongSeen, Answering(One, lost: 3.5), Answering(Two)).Should().Equal((One, LeaveReason.LostDatabase));

    [Fact]
    public void Judge_DatabaseLostForAMoment_NobodyLeaves() => Judge(LongSeen, Answering(One, lost: 3.4)).Should().BeEmpty();

    [Fact]
    public void Judge_DatabaseLostByThisOneToo_NobodyLeaves() => Judge(null, Answering(One, lost: 60), Answering(Two, lost: 60)).Should().BeEmpty();

    [Fact]
    public void Judge_DatabaseIsJustBack_NobodyLeaves() =>
        Judge(TimeSpan.FromSeconds(4.9), Answering(One, lost: 60)).Should().BeEmpty("this silo may only be the first that has it back");

    [Fact]
    public void Judge_OldNewsOfALostDatabase_CountsForNothing() =>
        Judge(LongSeen, new WatchedSilo(One, TimeSpan.FromSeconds(2.5), new SiloSight(TimeSpan.FromSeconds(9), []))).Should().BeEmpty();

    [Fact]
    public void Judge_SilentToThisOneAloneForLong_ItLeaves() =>
        Judge(LongSeen, Silent(One, 6), Answering(Two, reached: [One])).Should().Equal((One, LeaveReason.CutOff));

    [Fact]
    public void Judge_SilentForAShortTime_Stays() => Judge(LongSeen, Silent(One, 5.9), Answering(Two, reached: [One])).Should().BeEmpty();

    [Fact]
    public void Judge_SilentToEverybody_IsLeftToOrleans() => Judge(LongSeen, Silent(One, 60), Answering(Two)).Should().BeEmpty();

    [Fact]
    public void Judge_WhoReachesNobody_RemovesNobody() =>
        Judge(LongSeen, Silent(One, 60, reached: [Two]), Silent(Two, 60, reached: [One])).Should().BeEmpty("it is this silo that is cut off");

    [Fact]
    public void Judge_NeverAnswered_IsLeftAlone() =>
        Judge(LongSeen, new WatchedSilo(One, null, null), Answering(Two, reached: [One])).Should().BeEmpty("an older version knows no such question");

    [Fact]
    public void Judge_DatabaseGoneForAllAndThisOneDidNotNotice_NobodyLeaves()
    {
        var starved = new DatabaseSight(LongSeen, TimeSpan.FromSeconds(1.9));
        SiloWatchRules.Judge(starved, [Answering(One, lost: 4.8), Answering(Two, lost: 3)]).Should().BeEmpty("it answered this one no later by much");
        SiloWatchRules.Judge(starved with { AnsweredAgo = TimeSpan.FromSeconds(2.1) }, [Answering(One, lost: 60), Silent(Two, 60)])
            .Should().BeEmpty("this one may have lost it, too");
    }

    private static (SiloAddress, LeaveReason)[] Judge(TimeSpan? seenFor, params WatchedSilo[] others) =>
        [.. SiloWatchRules.Judge(seenFor is { } time ? new DatabaseSight(time, JustNow) : null, others)];

    private static WatchedSilo Answering(SiloAddress silo, double lost = 0, SiloAddress[]? reached = null) =>
        new(silo, TimeSpan.FromSeconds(0.5), new SiloSight(TimeSpan.FromSeconds(lost), reached ?? []));

    private static WatchedSilo Silent(SiloAddress silo, double seconds, SiloAddress[]? reached = null) =>
        new(silo, TimeSpan.FromSeconds(seconds), new SiloSight(TimeSpan.Zero, reached ?? []));

    private static SiloAddress Address(int number) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_110 + number), 1);
}
