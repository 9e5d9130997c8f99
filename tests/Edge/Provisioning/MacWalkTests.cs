using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SipGateway.Edge.Tests.Sip;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>
/// One source walks through 100,000 MACs of one vendor, some of them of phones in service: it learns nothing, wakes nobody, is slowed, and is
/// named to the operator.
/// </summary>
public sealed class MacWalkTests(EdgeFixture edge)
{
    private const int Macs = 100_000;
    private const int Walkers = 16;

    // The product's own allowances. Each minute gives a source another 300 files: the test takes seconds, a walk through all 16 million
    // addresses of one vendor five weeks.
    private const int RequestsPerSource = 200;
    private const int BootstrapsPerSource = 300;

    private static readonly TimeSpan MostMinutes = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task OneSource_WalkingAHundredThousandMacs_LearnsNothingAndIsNamed()
    {
        await using var usual = await ProvisioningServer.StartAsync(
            edge, o => o with { RequestsPerSource = RequestsPerSource, BootstrapsPerSource = BootstrapsPerSource }, LogLevel.Warning);
        var began = TimeProvider.System.GetTimestamp();
        var bootstraps = new System.Collections.Concurrent.ConcurrentBag<string>();
        var statuses = new int[600];

        await Parallel.ForEachAsync(Enumerable.Range(0, Macs), new ParallelOptions { MaxDegreeOfParallelism = Walkers }, async (n, _) =>
        {
            var mac = Mac(n);
            var answer = await usual.GetAsync($"/{mac}.cfg", UserAgentOf(mac));
            Interlocked.Increment(ref statuses[answer.Status]);
            if (answer.Status == 200) bootstraps.Add(Shape(answer.Text, mac));
            else answer.Headers.Should().ContainKey("Retry-After");
        });

        var took = TimeProvider.System.GetElapsedTime(began);
        took.Should().BeLessThan(MostMinutes);
        statuses.Index().Where(s => s.Item > 0).Select(s => s.Index).Should().BeEquivalentTo([200, 429], "nothing but a bootstrap, or later");
        statuses[200].Should().BeInRange(1, BootstrapsPerSource * (2 + (int)took.TotalMinutes), "the source is slowed");
        bootstraps.Distinct().Should().ContainSingle("all are of one shape");
        Enumerable.Range(0, Macs).Count(n => edge.Scripts.Has(Mac(n))).Should().Be(0, "no grain woke");
        usual.Services.GetRequiredService<EdgeAlerts>().Current.Should().ContainSingle().Which.Should().StartWith("127.0.0.1 asked for the files of");
    }

    [Fact]
    public async Task Walker_MeetingAPhoneInService_SeesTheShapeOfAllOthers()
    {
        await using var open = await ProvisioningServer.StartAsync(edge);
        var (known, unknown) = (EdgeFixture.NewMac(), EdgeFixture.NewMac());
        edge.Scripts[known].Provisioning.Config = ProvisioningScript.ConfigOf();

        var ofKnown = await open.GetAsync($"/{known}.cfg", UserAgentOf(known));
        var ofUnknown = await open.GetAsync($"/{unknown}.cfg", UserAgentOf(unknown));

        Shape(ofKnown.Text, known).Should().Be(Shape(ofUnknown.Text, unknown));
        ofKnown.Headers.Keys.Should().BeEquivalentTo(ofUnknown.Headers.Keys);
        edge.Scripts[known].Provisioning.Fetches.Should().BeEmpty("a bootstrap asks no grain");
    }

    private static string Mac(int number) => (0x0015_65E0_0000 + number).ToString("x12", CultureInfo.InvariantCulture);

    private static string UserAgentOf(string mac) => $"Yealink SIP-T46S 66.86.0.15 {mac}";

    /// <summary>A file without what differs for every asker: the MAC and the random names and tokens, each replaced by its length.</summary>
    private static string Shape(string text, string mac) => System.Text.RegularExpressions.Regex.Replace(
        text.Replace(mac, "MAC", StringComparison.OrdinalIgnoreCase), "[A-Za-z0-9_-]{20,}", match => $"<{match.Length}>");
}
