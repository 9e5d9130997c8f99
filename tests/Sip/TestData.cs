namespace SipGateway.Sip.Tests;

/// <summary>Finds the data that lies beside the repository.</summary>
internal static class TestData
{
    public static string Folder(string name)
    {
        var root = RepositoryRoot();
        var folder = Path.GetFullPath(Path.Combine(root, "..", "shared", "data", name));
        return Directory.Exists(folder) ? folder : throw new DirectoryNotFoundException($"The test data are missing: {folder}.");
    }

    public static string RepositoryRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "SipGateway.Orleans.sln")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException("No SipGateway.Orleans.sln above " + AppContext.BaseDirectory);
    }

    /// <summary>The rows of a tab-separated file with a header line, by column name.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> ReadTable(string path)
    {
        var lines = File.ReadAllLines(path).Where(line => line.Length > 0).ToList();
        var columns = lines[0].Split('\t');
        return [.. lines.Skip(1).Select(line => columns.Zip(line.Split('\t')).ToDictionary(pair => pair.First, pair => pair.Second))];
    }
}
