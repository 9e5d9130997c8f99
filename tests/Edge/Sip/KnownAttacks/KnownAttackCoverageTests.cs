using System.Text.RegularExpressions;

namespace SipGateway.Edge.Tests.Sip.KnownAttacks;

/// <summary>Every row of the table of known attacks is repeated by a test, or says here why it does not concern us.</summary>
public sealed partial class KnownAttackCoverageTests
{
    /// <summary>Rows that concern neither SIP nor HTTP nor XML as we speak them.</summary>
    private static readonly Dictionary<string, string> NotOurs = new()
    {
        ["CVE-2026-25554"] = "A flaw in a JWT module: administrators come with keys of our own, and no JWT is read.",
        ["CVE-2024-32655 (GHSA-x9vc-6hfv-hg8c)"] = "The driver of a database; what reaches one was bounded by every test beside this.",
        ["CVE-2026-52986, CVE-2026-74569, CVE-2026-23457"] = "A module of the host's kernel, which the edge does not use.",
    };

    private static readonly DirectoryInfo Repository = FindRepository();

    [Fact]
    public void Row_OfTheTable_IsCoveredOrSaysWhyNot()
    {
        var rows = File.ReadAllLines(Path.Combine(Repository.Parent!.FullName, "shared", "reference", "known-attacks.tsv"))
            .Skip(1).Where(l => l.Length > 0).Select(l => l.Split('\t')[0]).ToList();
        var covered = Directory.GetFiles(Path.Combine(Repository.FullName, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadAllLines).Select(l => Attribute().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value).ToHashSet();

        rows.Should().HaveCountGreaterThan(50).And.OnlyHaveUniqueItems();
        rows.Except(covered).Except(NotOurs.Keys).Should().BeEmpty("each row has a test or a reason");
        covered.Concat(NotOurs.Keys).Except(rows).Should().BeEmpty("what is named is in the table");
        covered.Intersect(NotOurs.Keys).Should().BeEmpty();
        NotOurs.Values.Should().AllSatisfy(r => r.Should().NotBeNullOrWhiteSpace());
    }

    private static DirectoryInfo FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SipGateway.Orleans.sln")))
        {
            folder = folder.Parent!;
        }

        return folder;
    }

    [GeneratedRegex("^\\s*\\[KnownAttack\\(\"([^\"]+)\"\\)\\]")]
    private static partial Regex Attribute();
}
