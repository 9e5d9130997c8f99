using Microsoft.Data.Sqlite;

namespace SipGateway.Storage.Tests.Sqlite;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class DataDirectoryTests
{
    [Fact]
    public async Task Open_DirectoryInUse_IsRefusedAndNamesIt()
    {
        await using var storage = await TestEngine.Sqlite.OpenAsync();

        var second = () => TestEngine.Sqlite.OpenAsync(storage.Directory);

        await second.Should().ThrowAsync<StorageStartException>().WithMessage($"*{storage.Directory}*in use*--data-dir*");
        await storage.PutAsync("a", "the first goes on");
    }

    [Fact]
    public async Task Open_AfterAnotherStopped_Works()
    {
        var directory = StorageUnderTest.NewDirectory();
        for (var i = 0; i < 3; i++)
        {
            await using var storage = await TestEngine.Sqlite.OpenAsync(directory);
            await storage.PutAsync("a", $"{i}");
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Open_NewDirectory_IsReadableByItsOwnerOnly()
    {
        await using var storage = await TestEngine.Sqlite.OpenAsync();
        await storage.PutAsync("a", "x");

        File.GetUnixFileMode(storage.Directory).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in new[] { storage.DatabasePath, storage.DatabasePath + "-wal", storage.DatabasePath + "-shm" })
            File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefusedWithWhatToDo()
    {
        var directory = StorageUnderTest.NewDirectory();
        await using (var storage = await TestEngine.Sqlite.OpenAsync(directory))
            await storage.PutAsync("a", "x");
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "gateway.db")};Pooling=False"))
        {
            connection.Open();
            using var statement = new SqliteStatement(connection, "INSERT INTO schema_version VALUES (999, 'future', 0)");
            statement.Execute();
        }

        var open = () => TestEngine.Sqlite.OpenAsync(directory);

        await open.Should().ThrowAsync<StorageStartException>().WithMessage("*schema 999*newer version*");
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Open_FileThatIsNoDatabase_IsRefusedAndLeftAsItIs()
    {
        var directory = StorageUnderTest.NewDirectory();
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "gateway.db");
        var text = new string('x', 5000);
        await File.WriteAllTextAsync(path, text);

        var open = () => TestEngine.Sqlite.OpenAsync(directory);

        await open.Should().ThrowAsync<StorageStartException>().WithMessage($"*{path}*");
        (await File.ReadAllTextAsync(path)).Should().Be(text);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Open_PathThatIsAFile_IsRefusedClearly()
    {
        var path = Path.GetTempFileName();

        var open = () => TestEngine.Sqlite.OpenAsync(path);

        await open.Should().ThrowAsync<StorageStartException>().WithMessage($"*{path}*");
        File.Delete(path);
    }

    [Fact]
    public void Validate_EverythingWrong_TellsEverything()
    {
        var options = new StorageOptions
        {
            DataDirectory = " ", MaxBatchRows = 0, MaxQueuedWrites = -1, MaxQueuedEvents = 0, MaxQueuedContacts = 0, MaxReaders = 0,
            EventFlushDelay = TimeSpan.Zero, ContactFlushPeriod = TimeSpan.FromHours(1), AuditSealPeriod = TimeSpan.FromSeconds(-1),
        };

        options.Validate().Should().HaveCount(9);
        new StorageOptions().Validate().Should().BeEmpty();
    }
}
