using System.Diagnostics;

namespace SipGateway.Tidy.Tests;

/// <summary>The files under version control, so that what a build leaves behind is never judged.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    public static readonly IReadOnlyList<string> Files = List();

    public static IEnumerable<(string Path, string[] Lines)> Sources(string folder) => Files
        .Where(f => f.StartsWith(folder + "/", StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal))
        .Select(f => (f, File.ReadAllLines(Path.Combine(Root, f))));

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "SipGateway.Orleans.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException($"No SipGateway.Orleans.sln above {AppContext.BaseDirectory}: the tests run from their build folder only.");
    }

    private static List<string> List()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return [.. files.Where(f => File.Exists(Path.Combine(Root, f)))];
    }
}
