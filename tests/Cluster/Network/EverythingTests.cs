using System.Globalization;
using SipGateway.Sip;

namespace SipGateway.Cluster.Tests.Network;

/// <summary>What concerns all silos and edges at once.</summary>
[Collection<OneNetwork>]
public sealed class EverythingTests(NetworkCluster network, ITestOutputHelper output) : NetworkTest(network, output)
{
    [Fact]
    public async Task SilosAndEdges_KilledAtOnce_PhonesAreBackAndNothingAcknowledgedIsLost()
    {
        var (cluster, fleet) = (Network.Cluster, Network.Fleet);
        await using var claims = new ClaimLedger(Network.Admin);
        await Task.Delay(500);
        var killed = fleet.NowMs;
        await Task.WhenAll(cluster.Silos.Concat(cluster.Edges).Select(child => TestCluster.SignalAsync(child, "KILL")));

        await NetworkCluster.UntilAsync(() => Task.FromResult(fleet.Phones.Any(phone => phone.RegisteredAtMs > killed + 500)), TimeSpan.FromSeconds(60), "a phone is registered");
        var first = fleet.NowMs - killed;
        await NetworkCluster.UntilAsync(() => Task.FromResult(fleet.Phones.All(phone => phone.RegisteredAtMs > killed + 500)), TimeSpan.FromSeconds(60), "all phones are registered");
        var all = fleet.NowMs - killed;
        var took = await Network.ProbeAsync(20, fleet.NowMs, TimeSpan.FromSeconds(20));
        Output.WriteLine($"first 200 after {first} ms, all phones after {all} ms; slowest NOTIFY {took[^1]} ms later; {fleet.Counts}");
        took.Should().OnlyContain(time => time != null);
        await Network.WholeAgainAsync();
        await Network.CheckLedgerAsync();
        (await claims.CheckAsync(cluster)).Should().BePositive();
    }

    [Fact]
    public async Task Register_ThatReachesTwoEdgesAtOnce_IsOneBindingWithOneAnswer()
    {
        var cluster = Network.Cluster;
        using var phone = Network.NextSpare(cluster.Sip[0]);

        var answers = await phone.RegisterAtBothAsync(cluster.Sip[1], TimeSpan.FromSeconds(10));

        answers.Select(answer => answer.StatusCode).Should().Equal(200, 200);
        Granted(answers[0]).Should().BePositive().And.Be(Granted(answers[1]));
        (await Network.BindingsAsync([phone])).Bindings.Should().Be(1);
    }

    private static int Granted(SipResponse response) => int.Parse(
        response.GetText(SipHeaderName.Contact)!.Split("expires=")[1].Split(';', ',')[0], CultureInfo.InvariantCulture);
}
