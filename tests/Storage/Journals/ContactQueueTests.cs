namespace SipGateway.Storage.Tests.Journals;

public sealed class ContactQueueTests
{
    private static readonly DateTimeOffset Seen = StorageUnderTest.Noon;
    private static readonly ContactRow Row = Rows.Contact("a", "b1", 1, Seen);
    private static readonly ContactRow Newer = Rows.Contact("a", "b1", 1, Seen.AddSeconds(1));

    [Fact]
    public void EndWriting_Failed_WaitsAgainUnlessSomethingNewerDoes()
    {
        var queue = new ContactQueue(10);
        queue.TryAdd(Row);
        queue.TryAdd(Row with { BindingId = "b2" });
        queue.BeginWriting().Should().HaveCount(2);
        queue.TryAdd(Newer);

        queue.EndWriting(written: false);

        queue.BeginWriting().Should().BeEquivalentTo([Newer, Row with { BindingId = "b2" }]);
    }

    [Fact]
    public void Of_RowsBeingWritten_StayVisibleUntilTheyAreOnDisk()
    {
        var queue = new ContactQueue(10);
        queue.TryAdd(Row);
        queue.BeginWriting();
        queue.Of("a").Should().Equal(Row);

        queue.EndWriting(written: true);

        queue.Of("a").Should().BeEmpty();
    }

    [Fact]
    public void TryAdd_Full_RefusesNewBindingsAndStillRefreshesKnownOnes()
    {
        var queue = new ContactQueue(1);
        queue.TryAdd(Row).Should().BeTrue();

        queue.TryAdd(Row with { Mac = "b" }).Should().BeFalse();
        queue.TryAdd(Newer).Should().BeTrue();

        queue.BeginWriting().Should().Equal(Newer);
    }
}
