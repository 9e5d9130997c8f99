using SipGateway.Fuzz;

namespace SipGateway.Sip.Tests.Fuzz;

/// <summary>What the fuzzer starts from and what it ever found, once more on each run.</summary>
public sealed class FuzzReplayTests
{
    public static TheoryData<string> Targets => [.. FuzzTargets.All.Keys];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Input_OfCorpusAndCrashers_HoldsWhatTheTargetAsks(string target)
    {
        var fuzz = Path.Combine(TestData.RepositoryRoot(), "fuzz");
        var corpus = Directory.GetFiles(Path.Combine(fuzz, "corpus", target));
        corpus.Should().NotBeEmpty();
        var crashers = Path.Combine(fuzz, "crashers", target);
        foreach (var file in Directory.Exists(crashers) ? corpus.Concat(Directory.GetFiles(crashers)) : corpus)
        {
            var act = () => FuzzTargets.All[target](File.ReadAllBytes(file));
            act.Should().NotThrow(file);
        }
    }
}
