namespace SipGateway.Identity.Tests;

public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sipgw-identity-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
