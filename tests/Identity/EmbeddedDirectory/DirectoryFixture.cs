using SipGateway.Trust;

namespace SipGateway.Identity.Tests;

/// <summary>One running directory with two users, for the tests that do not restart it.</summary>
public sealed class DirectoryFixture : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    public DirectoryHost Host { get; private set; } = null!;

    public KeyRing Ring { get; } = KeyRing.Create();

    public string DataDirectory => folder.Path;

    public async ValueTask InitializeAsync()
    {
        // The tests of a class come from one address and mistype on purpose; the limits have a class of their own.
        Host = await DirectoryHost.StartAsync(folder.Path, Ring, limits: new() { WrongTriesPerSource = 1000 });
        Host.Users.Add("contoso", "Anna", "right horse", "Anna Arendt", "+4930123456");
        Host.Users.Add("fabrikam", "Ben", "battery");
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        folder.Dispose();
    }
}
