namespace SipGateway.Edge.Tests.Sip;

internal static class SharedData
{
    public static string Folder(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SipGateway.Orleans.sln")))
        {
            folder = folder.Parent;
        }

        var found = Path.Combine(folder!.Parent!.FullName, "shared", "data", name);
        Directory.Exists(found).Should().BeTrue($"the test data {found} belongs beside the repository");
        return found;
    }
}
