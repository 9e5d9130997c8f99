using System.Threading.Channels;

namespace SipGateway.Storage.Tests.Commit;

public sealed class BatchAssemblyTests
{
    [Fact]
    public void Next_ManyKeys_AreSortedAndJournalsComeLast()
    {
        var incoming = Queue(State("b"), Audit(), State("a"), State("c"));

        var batch = new BatchAssembly(10).Next(incoming);

        batch.Select(write => write.Entry.Key?.Key).Should().Equal("a", "b", "c", null);
    }

    [Fact]
    public void Next_OneKeyTwice_SecondWaitsForTheNextBatchInItsTurn()
    {
        var (first, second, third) = (State("a", 1), State("a", 2), State("a", 3));
        var incoming = Queue(first, State("b"), second, third);
        var assembly = new BatchAssembly(10);

        assembly.Next(incoming).Should().HaveCount(2).And.Contain(first);
        assembly.HasWaiting.Should().BeTrue();
        assembly.Next(incoming).Should().Equal(second);
        assembly.Next(incoming).Should().Equal(third);
        assembly.HasWaiting.Should().BeFalse();
    }

    [Fact]
    public void Next_MoreThanFit_LeavesTheRest()
    {
        var incoming = Queue([.. Enumerable.Range(0, 25).Select(i => State($"k{i:00}"))]);
        var assembly = new BatchAssembly(10);

        new[] { assembly.Next(incoming).Count, assembly.Next(incoming).Count, assembly.Next(incoming).Count }.Should().Equal(10, 10, 5);
    }

    [Fact]
    public void Next_OneKeyOnly_KeepsTheBoundOnWhatWaits()
    {
        var incoming = Queue([.. Enumerable.Range(0, 100).Select(_ => State("a"))]);
        var assembly = new BatchAssembly(10);

        assembly.Next(incoming).Should().ContainSingle();

        incoming.Count.Should().BeGreaterThanOrEqualTo(89);
    }

    private static PendingWrite State(string key, long version = 0) =>
        new(new StateEntry(new StateKey("device", key, "state"), version, "{}", new StateEffects()));

    private static PendingWrite Audit() => new(new AuditEntry([]));

    private static ChannelReader<PendingWrite> Queue(params PendingWrite[] writes)
    {
        var channel = Channel.CreateUnbounded<PendingWrite>();
        foreach (var write in writes)
            channel.Writer.TryWrite(write);
        return channel.Reader;
    }
}
