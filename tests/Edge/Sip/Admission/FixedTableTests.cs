namespace SipGateway.Edge.Tests.Sip;

public sealed class FixedTableTests
{
    [Fact]
    public void Write_MoreThanThereIsRoomFor_ForgetsTheLowestAndMixesNothingUp()
    {
        var table = new FixedTable(64);
        for (var i = 1; i <= 10_000; i++)
        {
            table.Write(Key(i), i);
        }

        var kept = Enumerable.Range(1, 10_000).Where(i => table.Read(Key(i)) != 0).ToList();
        kept.Should().HaveCount(64).And.OnlyContain(i => table.Read(Key(i)) == i);
        kept.Min().Should().BeGreaterThan(9_000, "the lowest go first");
    }

    [Fact]
    public void Change_ByManyThreads_LosesNone()
    {
        var table = new FixedTable(64);
        Parallel.For(0, 10_000, i => table.Change(Key(i % 5), 1L, static (number, add) => number + add));
        Enumerable.Range(0, 5).Sum(i => table.Read(Key(i))).Should().Be(10_000);
    }

    [Fact]
    public void ForEach_Full_SeesEveryNumberOnce()
    {
        var table = new FixedTable(64);
        table.Write(Key(1), 7);
        table.Write(Key(2), 8);
        var seen = new List<long>();
        table.ForEach(seen, static (number, to) => to.Add(number));
        seen.Should().HaveCount(64);
        seen.Sum().Should().Be(15);
    }

    private static ulong Key(int i) => Fingerprint.Of('t', 0, BitConverter.GetBytes(i));
}
