using System.Text;
using SipGateway.Trust;

namespace SipGateway.Identity;

/// <summary>One file a user in <c>entra-tokens</c> under the data directory, mode 0600.</summary>
internal sealed class FileTokenCacheStore(string dataDirectory) : ITokenCacheStore
{
    private const int Stripes = 16;
    private readonly string folder = Path.Combine(dataDirectory, "entra-tokens");
    private readonly SemaphoreSlim[] writers = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<string?> LoadAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllTextAsync(PathOf(name), cancellation);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public async Task SaveAsync(string name, string locked, CancellationToken cancellation)
    {
        var path = PathOf(name);

        // Two phones of one user may sign in at the same moment; the later one is kept whole.
        var writer = writers[(uint)name.GetHashCode(StringComparison.Ordinal) % Stripes];
        await writer.WaitAsync(cancellation);
        try
        {
            PrivateDirectory.Create(folder);
            SecretFile.Write(path, Encoding.ASCII.GetBytes(locked));
        }
        finally
        {
            writer.Release();
        }
    }

    public Task RemoveAsync(string name, CancellationToken cancellation)
    {
        if (Directory.Exists(folder))
        {
            File.Delete(PathOf(name));
        }

        return Task.CompletedTask;
    }

    private string PathOf(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigitLower)
        ? Path.Combine(folder, name)
        : throw new ArgumentException("The name of a token cache is 64 lower-case hex digits.", nameof(name));
}
