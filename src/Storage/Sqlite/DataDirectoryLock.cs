namespace SipGateway.Storage;

/// <summary>One process per data directory. The lock is the operating system's: it ends with the process, however that ends.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Makes the directory when it is missing, and takes the lock.</summary>
    /// <exception cref="StorageStartException">Another process has it, or it cannot be written.</exception>
    public static DataDirectoryLock Take(string directory)
    {
        try
        {
            if (!Directory.Exists(directory))
                CreateDirectory(directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageStartException($"The data directory {directory} cannot be made: {exception.Message}", exception);
        }

        try
        {
            return new DataDirectoryLock(new FileStream(
                Path.Combine(directory, "gateway.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StorageStartException(
                $"The data directory {directory} cannot be written by this user. Change its owner or name another with --data-dir.",
                exception);
        }
        catch (IOException exception)
        {
            throw new StorageStartException(
                $"The data directory {directory} is in use by another gateway process. Stop that one, or name another with --data-dir.",
                exception);
        }
    }

    public void Dispose() => _file.Dispose();

    private static void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
