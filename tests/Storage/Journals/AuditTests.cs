namespace SipGateway.Storage.Tests.Journals;

public abstract class AuditTests(TestEngine engine)
{
    [Fact]
    public async Task Write_ManyAtOnce_AreSealedWithinASecondWithoutAGap()
    {
        await using var storage = await engine.OpenAsync();
        var writer = storage.Get<IAuditWriter>();
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => writer.WriteAsync(Rows.Audit($"a{i}"), default)));
        var written = System.Diagnostics.Stopwatch.StartNew();

        var page = await StorageUnderTest.UntilAsync(() => ListAsync(storage, 1000), page => page.Items.Length == 500);

        // A second is the promise; the rest is for a machine that does other things, too.
        written.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(3));
        page.Items.Select(row => row.Sequence).Should().Equal(Enumerable.Range(0, 500).Select(i => 500L - i));
        page.Items.Select(row => row.Row.Target).Should().OnlyHaveUniqueItems();
        (await storage.Get<IAuditReader>().FindFirstBrokenAsync(default)).Should().BeNull();
    }

    [Fact]
    public async Task Seal_TheFirstRow_HasTheDocumentedHash()
    {
        await using var storage = await engine.OpenAsync();
        await storage.Get<IAuditWriter>().WriteAsync(Rows.Audit("devices/001565aabbcc"), default);

        var page = await StorageUnderTest.UntilAsync(() => ListAsync(storage, 10), page => page.Items.Length == 1);

        // Pinned: journals that exist must stay provable.
        page.Items[0].Hash.Should().Be("66db819b41376ccdab50d8a379e719e24d18694ae57a9a00f718152fff851a0d");
    }

    [Theory]
    [InlineData("UPDATE audit SET outcome = 'DENIED' WHERE id = 4", 4)]
    [InlineData("UPDATE audit SET target = 'x' || target WHERE id = 1", 1)]
    [InlineData("UPDATE audit SET at_us = at_us + 1 WHERE id = 10", 10)]
    [InlineData("DELETE FROM audit WHERE id = 5", 5)]
    [InlineData("UPDATE audit SET actor = actor || substr(action, 1, 1), action = substr(action, 2) WHERE id = 2", 2)]
    public Task FindFirstBroken_AfterTampering_NamesTheRow(string sql, long expected) => TamperAndFindAsync(sql, expected);

    private protected async Task TamperAndFindAsync(string sql, long expected)
    {
        await using var storage = await engine.OpenAsync();
        for (var i = 1; i <= 10; i++)
            await storage.Get<IAuditWriter>().WriteAsync(Rows.Audit($"a{i}"), default);
        await StorageUnderTest.UntilAsync(() => ListAsync(storage, 100), page => page.Items.Length == 10);

        await engine.TamperAsync(storage, sql);

        (await storage.Get<IAuditReader>().FindFirstBrokenAsync(default)).Should().Be(expected);
    }

    [Fact]
    public async Task List_Pages_AreNewestFirstAndOfOneTenant()
    {
        await using var storage = await engine.OpenAsync();
        for (var i = 1; i <= 9; i++)
            await storage.Get<IAuditWriter>().WriteAsync(Rows.Audit($"a{i}", i % 3 == 0 ? "t2" : "t1"), default);
        await StorageUnderTest.UntilAsync(() => ListAsync(storage, 100), page => page.Items.Length == 6);

        var first = await ListAsync(storage, 4);
        var second = await storage.Get<IAuditReader>().ListAsync("t1", 4, first.NextKey, default);

        first.Items.Concat(second.Items).Select(row => row.Row.Target).Should().Equal("a8", "a7", "a5", "a4", "a2", "a1");
        second.NextKey.Should().BeNull();
        await Assert.ThrowsAsync<ArgumentException>(() => storage.Get<IAuditReader>().ListAsync("t2", 4, first.NextKey, default));
    }

    [Theory]
    [InlineData(AuditField.Target, FilterOperator.StartsWith, "devices/0015", "3 1")]
    [InlineData(AuditField.Target, FilterOperator.Equal, "devices/0015", "")]
    [InlineData(AuditField.Actor, FilterOperator.Equal, "user:ann", "2")]
    [InlineData(AuditField.Action, FilterOperator.StartsWith, "device.", "3 2 1")]
    [InlineData(AuditField.Outcome, FilterOperator.NotEqual, "OK", "3")]
    [InlineData(AuditField.CreateTime, FilterOperator.Less, "2026-05-04T12:01:30Z", "1")]
    [InlineData(AuditField.CreateTime, FilterOperator.Greater, "2026-05-04T12:01:30+00:00", "4 3 2")]
    [InlineData(AuditField.Actor, FilterOperator.Equal, "' OR 1=1 --", "")]
    public async Task List_Filtered_GivesWhatMatchesOverAllPages(AuditField field, FilterOperator comparison, string value, string expected)
    {
        await using var storage = await FourRowsAsync();
        var query = new AuditQuery { Tenant = "t1", Filter = [new(field, comparison, value)], PageSize = 1 };
        var found = new List<string>();
        do
        {
            var page = await storage.Get<IAuditReader>().ListAsync(query, default);
            found.AddRange(page.Items.Select(item => item.Row.Detail));
            query = query with { PageKey = page.NextKey };
        }
        while (query.PageKey is not null);

        string.Join(' ', found).Should().Be(expected);
    }

    [Fact]
    public async Task List_PageKeyOfAnotherFilterOrATimeThatIsNone_IsRefused()
    {
        await using var storage = await FourRowsAsync();
        var query = new AuditQuery { Tenant = "t1", PageSize = 1 };
        var key = (await storage.Get<IAuditReader>().ListAsync(query, default)).NextKey;
        AuditQuery[] wrong =
        [
            query with { PageKey = key, Filter = [new(AuditField.Actor, FilterOperator.Equal, "user:ann")] },
            query with { Filter = [new(AuditField.CreateTime, FilterOperator.Less, "yesterday")] },
            query with { Filter = [new(AuditField.Actor, FilterOperator.Equal, "nul\0")] },
        ];

        foreach (var bad in wrong)
            await Assert.ThrowsAsync<ArgumentException>(() => storage.Get<IAuditReader>().ListAsync(bad, default));
    }

    private async Task<StorageUnderTest> FourRowsAsync()
    {
        var storage = await engine.OpenAsync();
        AuditRow[] rows =
        [
            Rows.Audit("devices/001565aabbcc"),
            Rows.Audit("devices/64167f000001") with { Actor = "user:ann", Action = "device.signIn" },
            Rows.Audit("devices/001565aabbdd") with { Outcome = "NOT_ONLINE", Action = "device.restart" },
            Rows.Audit("sites/hq") with { Action = "site.create" },
        ];
        foreach (var (i, row) in rows.Index())
            await storage.Get<IAuditWriter>().WriteAsync(row with { AtUtc = StorageUnderTest.Noon.AddMinutes(i + 1), Detail = $"{i + 1}" }, default);
        await StorageUnderTest.UntilAsync(() => ListAsync(storage, 100), page => page.Items.Length == 4);
        return storage;
    }

    private static Task<Page<SealedAuditRow>> ListAsync(StorageUnderTest storage, int pageSize) =>
        storage.Get<IAuditReader>().ListAsync("t1", pageSize, null, default);
}

public sealed class SqliteAuditTests() : AuditTests(TestEngine.Sqlite)
{
    [Theory]
    [InlineData("DELETE FROM audit_sealed WHERE sequence = 6", 6)]
    [InlineData("DELETE FROM audit WHERE id = 7; DELETE FROM audit_sealed WHERE sequence = 7", 7)]
    [InlineData("UPDATE audit_sealed SET hash = hex(randomblob(32)) WHERE sequence = 3", 3)]
    public Task FindFirstBroken_SealTamperedWith_NamesTheRow(string sql, long expected) => TamperAndFindAsync(sql, expected);
}

public sealed class PostgresAuditTests() : AuditTests(TestEngine.Postgres)
{
    [Theory]
    [InlineData("UPDATE audit SET sequence = NULL, hash = NULL WHERE sequence = 6", 6)]
    [InlineData("UPDATE audit SET hash = md5(hash) || md5(hash) WHERE sequence = 3", 3)]
    [InlineData("UPDATE audit SET sequence = 11 WHERE sequence = 7", 7)]
    [InlineData("UPDATE audit SET sequence = -1 WHERE id = 2;\nUPDATE audit SET sequence = 2 WHERE id = 3;\nUPDATE audit SET sequence = 3 WHERE id = 2", 2)]
    public Task FindFirstBroken_SealTamperedWith_NamesTheRow(string sql, long expected) => TamperAndFindAsync(sql, expected);
}
