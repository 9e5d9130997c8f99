using System.Text.RegularExpressions;

namespace SipGateway.Tidy.Tests;

/// <summary>How we build, as far as a program can tell. Each failure names the file and what to use instead.</summary>
public sealed partial class SourceRulesTests
{
    private const int MaxFileLines = 400;
    private const int MaxLineLength = 160;

    [Fact]
    public void Repository_HasSourcesToJudge() => Repository.Sources("src").Should().HaveCountGreaterThan(50);

    [Fact]
    public void SourceFile_IsReadInOneSitting() => Repository.Sources("src").Concat(Repository.Sources("tests"))
        .Where(s => s.Lines.Length > MaxFileLines)
        .Select(s => $"{s.Path}: {s.Lines.Length} lines; split it by subject")
        .Should().BeEmpty();

    [Fact]
    public void Line_FitsAScreen() => Offences("src", line => line.Length > MaxLineLength, "is too long").Should().BeEmpty();

    [Theory]
    [InlineData(@"DateTime(Offset)?\.(Utc)?Now\b", "take TimeProvider")]
    [InlineData(@"Thread\.Sleep|\.Result\b[;)]|\.Wait\(\)|\.GetAwaiter\(\)\.GetResult\(\)", "await it")]
    [InlineData(@"\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException", "finish it")]
    [InlineData(@"\.Log(Debug|Information|Warning|Error|Critical)\(", "declare it with LoggerMessage")]
    [InlineData(@"\bConsole\.Write", "only the hosts and the command line write to the console", "src/Gateway", "src/Hosting", "src/Cli")]
    [InlineData(@"class \w*(Manager|Helper|Helpers|Utils|Utilities)\b", "name it by what it is")]
    public void Source_BannedWords_AreAbsent(string pattern, string instead, params string[] exempt)
    {
        var regex = new Regex(pattern);
        Offences("src", line => regex.IsMatch(line) && !line.TrimStart().StartsWith("///", StringComparison.Ordinal), instead)
            .Where(o => !exempt.Any(e => o.StartsWith(e, StringComparison.Ordinal)))
            .Should().BeEmpty();
    }

    [Fact]
    public void Grains_ConfigureAwaitFalse_IsAbsent() =>
        Offences("src/Grains", line => line.Contains("ConfigureAwait(false)", StringComparison.Ordinal), "a grain stays on its scheduler").Should().BeEmpty();

    [Fact]
    public void Sip_IsPure() => Offences(
        "src/Sip",
        line => PureWall().IsMatch(line),
        "src/Sip knows no sockets, clock, logger or Orleans").Should().BeEmpty();

    [Fact]
    public void Contracts_CarryNoSipType() =>
        Offences("src/Grains.Interfaces", line => line.StartsWith("using SipGateway.Sip", StringComparison.Ordinal), "no SIP type crosses a grain call").Should().BeEmpty();

    [Fact]
    public void Tests_SkippedOnes_SayWhy() => Repository.Sources("tests")
        .SelectMany(s => s.Lines.Select((text, i) => (s.Path, Number: i + 1, Text: text)))
        .Where(l => SkipWithoutReason().IsMatch(l.Text))
        .Select(l => $"{l.Path}:{l.Number}")
        .Should().BeEmpty();

    private static IEnumerable<string> Offences(string folder, Func<string, bool> isOffence, string instead) =>
        from source in Repository.Sources(folder)
        from line in source.Lines.Select((text, index) => (Text: text, Number: index + 1))
        where isOffence(line.Text)
        select $"{source.Path}:{line.Number}: {instead}: {line.Text.Trim()}";

    [GeneratedRegex(@"using (System\.Net\.Sockets|Microsoft\.Extensions|Orleans)|\bTimeProvider\b|\bILogger\b")]
    private static partial Regex PureWall();

    [GeneratedRegex(@"Skip\s*=\s*""""|Assert\.Skip\(\s*\)")]
    private static partial Regex SkipWithoutReason();
}
