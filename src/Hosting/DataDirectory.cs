namespace SipGateway.Hosting;

/// <summary>Where each durable thing is. The directory is its owner's alone (mode 0700).</summary>
public sealed class DataDirectory
{
    private DataDirectory(string root) => Root = root;

    /// <summary>The directory itself.</summary>
    public string Root { get; }

    /// <summary>The key ring.</summary>
    public string KeyRing => Path.Combine(Root, "keyring.json");

    /// <summary>The first admin's key.</summary>
    public string AdminKey => Path.Combine(Root, "admin.key");

    /// <summary>The private CA's certificate, for phones and browsers.</summary>
    public string CaCertificate => Path.Combine(Root, "ca.crt");

    /// <summary>The private CA's key.</summary>
    public string CaKey => Path.Combine(Root, "ca.key");

    /// <summary>The https certificate.</summary>
    public string ServerCertificate => Path.Combine(Root, "server.crt");

    /// <summary>The https key.</summary>
    public string ServerKey => Path.Combine(Root, "server.key");

    /// <summary>Makes the directory when it is not there.</summary>
    /// <exception cref="StartException">It cannot be made or written.</exception>
    public static DataDirectory Open(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return new DataDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The data directory {path} cannot be made: {e.Message} Give another with --data-dir.", e);
        }
    }
}
