using System.Text.Json;
using System.Text.RegularExpressions;

namespace SipGateway.Tidy.Tests;

/// <summary>Every text of the portal is there in every language it speaks.</summary>
public sealed partial class TranslationTests
{
    private static readonly string Words = Path.Combine(Repository.Root, "src", "Portal", "Words");

    public static TheoryData<string> Languages => [.. Directory.GetFiles(Words, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [Fact]
    public void Languages_AreThoseThatArePromised() => Languages.Select(row => row.Data).Should().Equal("de", "es", "fr", "ja", "pt");

    [Theory]
    [MemberData(nameof(Languages))]
    public void Words_OfALanguage_AreThoseOfEnglishWithTheSameHoles(string language)
    {
        var english = English();
        var translated = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Words, language + ".json")))!;

        translated.Keys.Should().BeEquivalentTo(english.Keys);
        translated.Where(word => Holes(word.Value) != english[word.Key]).Should().BeEmpty("a hole is where a name or number goes");
        translated.Where(word => string.IsNullOrWhiteSpace(word.Value)).Should().BeEmpty();
    }

    // Members and their holes, numbered as they come.
    private static Dictionary<string, string> English()
    {
        var words = Directory.GetFiles(Words, "Texts*.cs").SelectMany(file => Member().Matches(File.ReadAllText(file))).ToDictionary(
            match => match.Groups["member"].Value,
            match => string.Concat(Hole().Matches(match.Groups["text"].Value).Select((_, i) => $"{{{i}}}")));
        words.Should().HaveCountGreaterThan(100);
        return words;
    }

    private static string Holes(string text) => string.Concat(Hole().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex("""public static string (?<member>\w+)(\([^)]*\))? =>\s*(Say|Fill)\((?<text>(\$?"([^"\\]|\\.)*"(\s*\+\s*)?)+)\);""")]
    private static partial Regex Member();

    [GeneratedRegex(@"\{[^{}]+\}")]
    private static partial Regex Hole();
}
