using System.Formats.Tar;
using System.IO.Compression;

namespace SipGateway.Storage.Tests.Backup;

public sealed class DataDirectoryBackupTests : IDisposable
{
    private readonly DataDirectoryBackup _backup = new(TimeProvider.System);
    private readonly string _scratch = Directory.CreateTempSubdirectory("sipgateway-backup-tests-").FullName;

    private string BackupFile => Path.Combine(_scratch, "backup.tar.gz");

    private string Restored => Path.Combine(_scratch, "restored");

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    [Fact]
    public async Task BackUp_WhileTheGatewayWrites_RestoresAsOfOneMoment()
    {
        await using var storage = await TestEngine.Sqlite.OpenAsync();
        await File.WriteAllTextAsync(Path.Combine(storage.Directory, "keyring.json"), "secret");
        Directory.CreateDirectory(Path.Combine(storage.Directory, "forms"));
        await File.WriteAllTextAsync(Path.Combine(storage.Directory, "forms", "key-1.xml"), "form");
        using var stop = new CancellationTokenSource();
        var acknowledged = 0;
        var writing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await storage.PutAsync(Rows.Mac(acknowledged), "x", new StateEffects { Devices = [Rows.Device(Rows.Mac(acknowledged))] });
                Interlocked.Increment(ref acknowledged);
            }
        });
        await StorageUnderTest.UntilAsync(() => Task.FromResult(Volatile.Read(ref acknowledged)), count => count > 50);
        var before = Volatile.Read(ref acknowledged);

        await _backup.BackUpAsync(storage.Directory, BackupFile, default);

        await stop.CancelAsync();
        await writing;
        await _backup.RestoreAsync(BackupFile, Restored, default);
        (await File.ReadAllTextAsync(Path.Combine(Restored, "keyring.json"))).Should().Be("secret");
        (await File.ReadAllTextAsync(Path.Combine(Restored, "forms", "key-1.xml"))).Should().Be("form");
        await using var restored = await TestEngine.Sqlite.OpenAsync(Restored);
        for (var i = 0; i < before; i++)
            (await restored.ReadAsync(Rows.Mac(i))).RecordExists.Should().BeTrue();
        var page = await restored.Inventory.ListDevicesAsync(
            new DeviceQuery { Tenant = "t1", PageSize = 1, CountTotal = true, NowUtc = StorageUnderTest.Noon }, default);
        page.Total.Should().BeInRange(before, Volatile.Read(ref acknowledged));
    }

    [Fact]
    public async Task BackUp_HoldsKeys_SoItIsItsOwnersAlone()
    {
        await using var storage = await TestEngine.Sqlite.OpenAsync();

        await _backup.BackUpAsync(storage.Directory, BackupFile, default);
        await _backup.RestoreAsync(BackupFile, Restored, default);

        File.GetUnixFileMode(BackupFile).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(Restored).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.GetUnixFileMode(Path.Combine(Restored, "gateway.db")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.EnumerateFiles(_scratch).Should().ContainSingle();
    }

    [Fact]
    public async Task BackUp_OntoAFileThatIsThere_OrOfNoDataDirectory_IsRefused()
    {
        await using var storage = await TestEngine.Sqlite.OpenAsync();
        await File.WriteAllTextAsync(BackupFile, "precious");

        var onto = () => _backup.BackUpAsync(storage.Directory, BackupFile, default);
        var nothing = () => _backup.BackUpAsync(_scratch, Path.Combine(_scratch, "other"), default);

        await onto.Should().ThrowAsync<IOException>().WithMessage("*never overwritten*");
        await nothing.Should().ThrowAsync<IOException>().WithMessage("*gateway.db*");
        (await File.ReadAllTextAsync(BackupFile)).Should().Be("precious");
    }

    [Fact]
    public async Task Restore_IntoADirectoryInUse_IsRefused()
    {
        await using var storage = await TestEngine.Sqlite.OpenAsync();
        await _backup.BackUpAsync(storage.Directory, BackupFile, default);

        var restore = () => _backup.RestoreAsync(BackupFile, storage.Directory, default);

        await restore.Should().ThrowAsync<IOException>().WithMessage("*not empty*");
    }

    [Theory]
    [InlineData("cut off")]
    [InlineData("a bit changed")]
    [InlineData("a file of its own")]
    [InlineData("a path that leads out")]
    [InlineData("no backup at all")]
    public async Task Restore_DamagedOrHostileFile_SaysSoAndLeavesNothing(string what)
    {
        await using var storage = await TestEngine.Sqlite.OpenAsync();
        await File.WriteAllTextAsync(Path.Combine(storage.Directory, "keyring.json"), "secret");
        await _backup.BackUpAsync(storage.Directory, BackupFile, default);
        Damage(BackupFile, what);

        var restore = () => _backup.RestoreAsync(BackupFile, Restored, default);

        await restore.Should().ThrowAsync<InvalidDataException>();
        Directory.Exists(Restored).Should().BeFalse();
        Directory.EnumerateFileSystemEntries(_scratch).Should().Equal(BackupFile);
    }

    private static void Damage(string file, string what)
    {
        if (what == "no backup at all")
        {
            File.WriteAllText(file, "something else");
            return;
        }

        using var plain = new MemoryStream();
        using (var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress))
            packed.CopyTo(plain);
        var bytes = plain.ToArray();
        if (what == "a bit changed")
            bytes[bytes.AsSpan().LastIndexOf("secret"u8)] ^= 1;
        using var output = new GZipStream(File.Create(file), CompressionLevel.Fastest);
        output.Write(bytes, 0, what == "cut off" ? bytes.Length / 2 : LengthWithoutEnd(bytes, what));
        if (what is "a file of its own" or "a path that leads out")
            output.Write(Entry(what == "a file of its own" ? "more.txt" : "../../out.txt"));
    }

    // Two blocks of zeros end an archive.
    private static int LengthWithoutEnd(byte[] tar, string what) => what == "a bit changed" ? tar.Length : tar.Length - 1024;

    private static byte[] Entry(string name)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream("x"u8.ToArray()) });
        return tar.ToArray();
    }
}
