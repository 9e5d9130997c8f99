namespace SipGateway.Cluster.Tests;

/// <summary>Where the programs are that a journey starts.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    public static readonly string Configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

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
}
