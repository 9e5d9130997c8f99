using SipGateway.Hosting;

namespace SipGateway.Edge.Tests.Starting;

/// <summary>What an edge process makes of the list of edges.</summary>
public sealed class EdgeHostOptionsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a.example.org,b.example.org:5070")]
    [InlineData("eu=a.example.org,eu=b.example.org, us=c.example.org")]
    public void EdgeHosts_WithAndWithoutRegions_AreGood(string hosts) => Errors("--edge-hosts", hosts).Should().BeEmpty();

    [Fact]
    public void EdgeHosts_OneTwice_AlsoInTwoRegions_IsTold() =>
        Errors("--edge-hosts", "eu=a.example.org,us=a.example.org:5060").Should().ContainSingle().Which.Should().Contain("a.example.org:5060 twice");

    [Fact]
    public void EdgeHosts_ThatAreNone_AreToldWithTheirForms() =>
        Errors("--edge-hosts", "EU=a.example.org").Should().ContainSingle().Which.Should().Contain("EU=a.example.org").And.Contain("REGION=HOST:PORT");

    [Fact]
    public void Region_ThatNoNamedEdgeIsIn_IsToldWithWhatToWrite()
    {
        Errors("--region", "us", "--edge-hosts", "eu=a.example.org,b.example.org").Should().ContainSingle().Which.Should().Contain("Write us=");
        Errors("--region", "eu", "--edge-hosts", "eu=a.example.org,b.example.org").Should().BeEmpty();
        Errors("--region", "us").Should().BeEmpty("alone it has no list");
    }

    [Fact]
    public void Region_ThatIsNoName_IsTold() => Errors("--region", "Europe/West").Should().ContainSingle().Which.Should().Contain("lower-case letters");

    // Those about the list and the region: what else an edge needs is not given.
    private static List<string> Errors(params string[] args)
    {
        EdgeArguments.TryRead(args, TextWriter.Null, TextWriter.Null, out var arguments).Should().BeNull();
        return [.. new EdgeHostOptionsReader(arguments).Read().Errors.Where(e => e.Contains("edge-hosts") || e.Contains("--region"))];
    }
}
