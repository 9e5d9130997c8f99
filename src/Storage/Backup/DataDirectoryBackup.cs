using System.Formats.Tar;
using System.IO.Compression;
using Microsoft.Data.Sqlite;

namespace SipGateway.Storage;

/// <summary>
/// Backs the data directory of an embedded gateway up into one file, while it runs or not, and restores it. The file holds every key:
/// it is its owner's alone.
/// </summary>
public sealed class DataDirectoryBackup(TimeProvider time)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerOnly | UnixFileMode.UserExecute;

    // The database's own logs are in the copy already; the lock is of the process.
    private static readonly string[] LeftOut = [".db-wal", ".db-shm", ".db-journal", ".lock"];

    /// <summary>Makes a backup. It appears under its name when it is whole.</summary>
    /// <exception cref="IOException">The directory is no data directory, the file is there already, or the disk is full.</exception>
    /// <exception cref="InvalidDataException">A database is damaged; the message names it.</exception>
    public async Task<BackupManifest> BackUpAsync(string dataDirectory, string file, CancellationToken cancellation)
    {
        var root = Path.GetFullPath(dataDirectory);
        if (!File.Exists(Path.Combine(root, SqliteFile.FileName)))
            throw new IOException($"{root} holds no {SqliteFile.FileName}: name the data directory of a gateway.");
        if (File.Exists(file))
            throw new IOException($"{file} is there already: a backup is never overwritten. Choose another name.");
        var partial = file + ".partial";
        var copies = Directory.CreateTempSubdirectory("sipgateway-backup-").FullName;
        try
        {
            var manifest = Copy(root, copies);
            await PackAsync(manifest, copies, partial, cancellation);
            File.Move(partial, file);
            return manifest;
        }
        finally
        {
            Directory.Delete(copies, recursive: true);
            File.Delete(partial);
        }
    }

    /// <summary>Restores a backup into a directory that is not there, or empty. Nothing of it appears there unless all of it is whole.</summary>
    /// <exception cref="IOException">The directory holds something, or the disk is full.</exception>
    /// <exception cref="InvalidDataException">The file is no backup, is cut off, or was changed.</exception>
    public async Task<BackupManifest> RestoreAsync(string file, string dataDirectory, CancellationToken cancellation)
    {
        var root = Path.GetFullPath(dataDirectory).TrimEnd('/');
        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any())
            throw new IOException($"{root} is not empty: a backup is restored into a new directory. Choose another, or move that one away.");
        var partial = root + ".partial";
        if (Directory.Exists(partial))
            Directory.Delete(partial, recursive: true);
        try
        {
            MakeDirectory(partial);
            var manifest = await UnpackAsync(file, partial, cancellation);
            if (Directory.Exists(root))
                Directory.Delete(root);
            Directory.Move(partial, root);
            return manifest;
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException($"{file} is no whole backup of a gateway: {e.Message}", e);
        }
        finally
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
        }
    }

    private BackupManifest Copy(string root, string copies)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            if (LeftOut.Any(end => source.EndsWith(end, StringComparison.Ordinal)))
                continue;
            var name = Path.GetRelativePath(root, source);
            var copy = Path.Combine(copies, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (source.EndsWith(".db", StringComparison.Ordinal))
                CopyDatabase(source, copy);
            else
                File.Copy(source, copy);
            files[name] = BackupManifest.DigestOf(copy);
        }

        return new BackupManifest(1, time.GetUtcNow(), files);
    }

    // As of one moment, also while a gateway writes.
    private static void CopyDatabase(string source, string copy)
    {
        using var from = new SqliteConnection(new SqliteConnectionStringBuilder
            { DataSource = source, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 30 }.ToString());
        using var to = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString());
        from.Open();
        to.Open();
        from.BackupDatabase(to);
        using var check = to.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        if (check.ExecuteScalar() is not "ok")
            throw new InvalidDataException($"The database {source} is damaged: no backup was made. Restore an older backup into a new directory.");
    }

    private static async Task PackAsync(BackupManifest manifest, string copies, string file, CancellationToken cancellation)
    {
        await using var output = File.Create(file);
        Protect(file);
        await using (var packed = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        await using (var tar = new TarWriter(packed))
        {
            await tar.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.Name) { DataStream = new MemoryStream(manifest.ToJson()) }, cancellation);
            foreach (var name in manifest.Files.Keys)
                await tar.WriteEntryAsync(Path.Combine(copies, name), name, cancellation);
        }

        output.Flush(flushToDisk: true);
    }

    private static async Task<BackupManifest> UnpackAsync(string file, string directory, CancellationToken cancellation)
    {
        await using var input = File.OpenRead(file);
        await using var packed = new GZipStream(input, CompressionMode.Decompress);
        await using var tar = new TarReader(packed);
        var first = await tar.GetNextEntryAsync(cancellationToken: cancellation);
        if (first is not { Name: BackupManifest.Name, DataStream: { } json })
            throw new InvalidDataException($"{file} is no backup of a gateway: it does not begin with its list of files.");
        var manifest = BackupManifest.Read(json);
        var missing = manifest.Files.Keys.ToHashSet(StringComparer.Ordinal);
        while (await tar.GetNextEntryAsync(cancellationToken: cancellation) is { } entry)
        {
            // Only what is listed, and only inside: the archive decides no path by itself.
            if (entry.EntryType != TarEntryType.RegularFile || !missing.Remove(entry.Name) || !IsInside(directory, entry.Name, out var path))
                throw new InvalidDataException($"{file} holds {entry.Name}, which no backup of a gateway does: it was changed.");
            MakeDirectory(Path.GetDirectoryName(path)!);
            await entry.ExtractToFileAsync(path, overwrite: false, cancellation);
            Protect(path);
            if (BackupManifest.DigestOf(path) != manifest.Files[entry.Name])
                throw new InvalidDataException($"{entry.Name} in {file} is not what was backed up: the file is damaged. Use another backup.");
        }

        return missing.Count == 0
            ? manifest
            : throw new InvalidDataException($"{file} is cut off: {string.Join(", ", missing)} is missing. Use another backup.");
    }

    private static void MakeDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerDirectory);
    }

    private static void Protect(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, OwnerOnly);
    }

    private static bool IsInside(string directory, string name, out string path)
    {
        path = Path.GetFullPath(Path.Combine(directory, name));
        return path.StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }
}
