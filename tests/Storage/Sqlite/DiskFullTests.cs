namespace SipGateway.Storage.Tests.Sqlite;

public sealed class DiskFullTests
{
    [Fact]
    public async Task Write_NoRoomLeft_FailsWithNothingOnDiskAndRecoversByItself()
    {
        await using var storage = await TestEngine.Sqlite.OpenAsync();
        var state = await storage.PutAsync("a", "small");
        var pages = await PragmaAsync(storage, "PRAGMA page_count");
        await PragmaAsync(storage, $"PRAGMA max_page_count = {pages + 20}");

        state.State.Note = new string('x', 1_000_000);
        state.State.Effects = new StateEffects { Audit = [Rows.Audit("too much")], TakenKeys = [new UniqueKey("number", "+1")] };
        var full = await Assert.ThrowsAsync<StorageFullException>(() => storage.WriteAsync("a", state));

        full.Message.Should().Contain("no room left").And.Contain(storage.DatabasePath);
        state.ETag.Should().Be("1");
        var read = await storage.ReadAsync("a");
        read.ETag.Should().Be("1");
        read.State.Note.Should().Be("small");
        (await storage.Inventory.FindOwnerAsync(new UniqueKey("number", "+1"), default)).Should().BeNull();

        // The limit belonged to the connection, which a failure replaces: there is room again.
        await storage.WriteAsync("a", state);
        (await storage.ReadAsync("a")).State.Note.Should().HaveLength(1_000_000);
        (await storage.Inventory.FindOwnerAsync(new UniqueKey("number", "+1"), default)).Should().Be("a");
    }

    [Fact]
    public async Task Write_DatabaseFileReadOnlyWithinATransaction_FailsTheBatchAndNotTheProcess()
    {
        await using var storage = await TestEngine.Sqlite.OpenAsync();
        await storage.PutAsync("a", "one");
        await PragmaAsync(storage, "PRAGMA query_only = 1");

        var failed = () => storage.PutAsync("a", "two");

        await failed.Should().ThrowAsync<StorageFailedException>().WithMessage("*nothing of the write is on disk*");
        await storage.PutAsync("a", "three");
        (await storage.ReadAsync("a")).ETag.Should().Be("2");
    }

    private static Task<long> PragmaAsync(StorageUnderTest storage, string pragma) => storage.Get<SqliteEngine>().Writer.RunAsync(session =>
    {
        using var statement = new SqliteStatement(session.Connection, pragma);
        return (long?)statement.Scalar() ?? 0;
    });
}
