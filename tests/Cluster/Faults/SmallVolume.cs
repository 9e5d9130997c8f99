using SipGateway.Cluster.Tests.Network;

namespace SipGateway.Cluster.Tests.Faults;

/// <summary>A volume that can be filled.</summary>
internal sealed class SmallVolume : IAsyncDisposable
{
    private SmallVolume(string root) => Root = root;

    /// <summary>Why there can be none; null when there can.</summary>
    public static string? Refusal => Environment.IsPrivilegedProcess ? null : "Mounting a volume is root's: run the tests as root to see full ones.";

    public string Root { get; }

    private string Ballast => Path.Combine(Root, "ballast");

    public static async Task<SmallVolume> MountAsync(int megabytes)
    {
        var root = Directory.CreateTempSubdirectory("sipgateway-volume-").FullName;
        await NetworkNamespace.CommandAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=755", "sipgateway", root);
        return new SmallVolume(root);
    }

    /// <summary>Leaves no octet free.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        for (var size = 1 << 20; size >= 512; size /= 2)
        {
            try
            {
                var some = new byte[size];
                while (true)
                    file.Write(some);
            }
            catch (IOException)
            {
                // Full, by blocks of this size.
            }
        }
    }

    /// <summary>Makes room again.</summary>
    public void Free() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        await NetworkNamespace.CommandAsync("umount", "-l", Root);
        Directory.Delete(Root);
    }
}
