using System.Xml.Linq;

namespace SipGateway.Tidy.Tests;

/// <summary>Who may know whom. A new reference is a decision, made here.</summary>
public sealed class ProjectWallTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Sip"] = [],
        ["Trust"] = [],
        ["Grains.Interfaces"] = [],
        ["Storage"] = [],
        ["Identity"] = ["Grains.Interfaces", "Trust"],
        ["Grains"] = ["Grains.Interfaces", "Storage", "Trust", "Sip"],
        ["Silo"] = ["Hosting", "Grains", "Identity"],
        ["Hosting"] = ["Grains.Interfaces", "Storage", "Trust"],
        ["Edge"] = ["Hosting", "Grains.Interfaces", "Trust", "Sip"],
        ["Portal"] = [],
        ["AdminApi"] = ["Hosting", "Grains.Interfaces", "Identity", "Portal", "Storage", "Trust"],
        ["PhoneSimulator"] = ["Sip"],
        ["Cli"] = ["PhoneSimulator", "Hosting"],
        ["LocalCluster"] = ["Hosting", "Silo", "Edge", "AdminApi"],
        ["Gateway"] = ["Hosting", "Silo", "Edge", "AdminApi", "Portal", "Identity"],
    };

    [Fact]
    public void Project_References_AreThoseWeAgreedOn()
    {
        foreach (var path in Repository.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith(".csproj", StringComparison.Ordinal)))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            Allowed.Should().ContainKey(name, "every project has its place in the wall");
            References(path).Should().BeSubsetOf(Allowed[name], "{0} may know only these", name);
        }
    }

    private static IEnumerable<string> References(string project) => XDocument
        .Load(Path.Combine(Repository.Root, project))
        .Descendants("ProjectReference")
        .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));
}
