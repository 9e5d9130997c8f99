namespace SipGateway.Edge;

/// <summary>A file of the firmware folder as it was when its digest was made.</summary>
internal sealed record HostedFile(string Path, long Length, DateTime LastWriteUtc)
{
    /// <summary>The file of this name in the folder; null when there is none, or when a link leads out of the folder.</summary>
    /// <param name="folder">A full path.</param>
    /// <param name="name">A plain name.</param>
    public static HostedFile? Find(string folder, string name)
    {
        try
        {
            var file = new FileInfo(System.IO.Path.Combine(folder, name));
            if (!file.Exists) return null;
            if (file.ResolveLinkTarget(returnFinalTarget: true) is { } target)
            {
                if (System.IO.Path.GetDirectoryName(target.FullName) != folder) return null;
                file = new FileInfo(target.FullName);
                if (!file.Exists) return null;
            }

            return new HostedFile(file.FullName, file.Length, file.LastWriteTimeUtc);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
