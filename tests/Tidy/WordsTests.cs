namespace SipGateway.Tidy.Tests;

/// <summary>The repository speaks only of the product, and says what is there.</summary>
public sealed class WordsTests
{
    // Put together here, so that this file is not its own first offence.
    private static readonly string[] Foreign = ["/wor" + "k/", "/far" + "m/", ".librar" + "y", "nuget" + ".org", "debian" + ".org"];

    [Fact]
    public void Repository_ForeignWords_AreAbsent() => Repository.Files
        .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".md", StringComparison.Ordinal) || f.EndsWith(".sh", StringComparison.Ordinal))
        .SelectMany(f => Foreign.Where(w => File.ReadAllText(Path.Combine(Repository.Root, f)).Contains(w, StringComparison.Ordinal)).Select(w => $"{f}: {w}"))
        .Should().BeEmpty();

    [Fact]
    public void Docs_PathsTheyName_Exist()
    {
        var missing =
            from doc in Repository.Files
            where doc.EndsWith(".md", StringComparison.Ordinal)
            from span in File.ReadAllText(Path.Combine(Repository.Root, doc)).Split('`').Where((_, i) => i % 2 == 1)
            where span.StartsWith("src/", StringComparison.Ordinal) || span.StartsWith("tests/", StringComparison.Ordinal) || span.StartsWith("docs/", StringComparison.Ordinal)
            where span.IndexOfAny([' ', '*', '<', '{', '\n']) < 0
            where !Path.Exists(Path.Combine(Repository.Root, span.TrimEnd('/')))
            select $"{doc}: {span}";
        missing.Should().BeEmpty();
    }
}
