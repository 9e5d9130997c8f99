using System.Globalization;

namespace SipGateway.Cluster.Tests.Network;

/// <summary>Phones behind wires that lose, double, overtake, corrupt and delay.</summary>
[Collection<OneNetwork>]
public sealed class WireTests(NetworkCluster network, ITestOutputHelper output) : NetworkTest(network, output)
{
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("SIPGATEWAY_TEST_WIRE_SECONDS") ?? "5", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(0.01, 0, 0, 0, Explicit = true)]
    [InlineData(0.10, 0, 0, 0)]
    [InlineData(0.30, 0, 0, 0, Explicit = true)]
    [InlineData(0, 0.10, 0.25, 200)]
    public async Task Wire_LosesDoublesOvertakesDelays_EveryRegistrationSucceedsAndCountsOnce(double lost, double doubled, double overtaken, int delayMs)
    {
        var fleet = Network.Fleet;
        var delay = TimeSpan.FromMilliseconds(delayMs);
        var (silences, registered, began) = (fleet.Phones.Sum(phone => phone.Silences), fleet.Counts[200], fleet.NowMs);
        Network.SetWires(new WireFaults(lost, doubled, overtaken, 0, delay, delay / 2));

        // Phones that were never here, over that wire: each of them has one binding afterwards, made once.
        var spares = Enumerable.Range(0, 8).Select(_ => Network.NextSpare()).ToList();
        var answers = await Task.WhenAll(spares.Select(spare => spare.RegisterAsync(TimeSpan.FromSeconds(32))));
        answers.Should().OnlyContain(answer => answer != null && answer.StatusCode == 200);
        await Task.Delay(Watched);

        var (done, without) = (fleet.Counts[200] - registered, fleet.Phones.Sum(phone => phone.Silences) - silences);
        Output.WriteLine($"lost {lost:p0}, doubled {doubled:p0}, overtaken {overtaken:p0}, {delayMs} ms: {done} registrations in {fleet.NowMs - began} ms, {without} without an answer");
        done.Should().BeGreaterThan(NetworkCluster.PhoneCount / 2);
        without.Should().BeLessThanOrEqualTo((int)(done / 1000), "999 of 1000 succeed by the retransmissions of RFC 3261");
        Network.SetWires(WireFaults.None);
        await Network.WholeAgainAsync();
        await Network.CheckLedgerAsync();
        (await Network.BindingsAsync(spares)).Should().Be((spares.Count, spares.Count), "each was bound once, however often it had to ask");
        spares.ForEach(spare => spare.Dispose());
    }

    [Fact]
    public async Task Wire_Corrupts_PhonesRegisterAndNothingBreaks()
    {
        var edges = Network.Cluster.Edges.ConvertAll(edge => edge.ProcessId);
        var spares = Enumerable.Range(0, 8).Select(_ => Network.NextSpare()).ToList();
        Network.SetLoneWires(new WireFaults(Corrupted: 0.20, Doubled: 0.10));
        for (var round = 0; round < 5; round++)
        {
            var answers = await Task.WhenAll(spares.Select(spare => spare.RegisterUntilDoneAsync(TimeSpan.FromSeconds(40))));
            answers.Should().OnlyContain(isDone => isDone);
        }

        (await Network.BindingsAsync(spares)).Bindings.Should().Be(spares.Count, "one binding for each");
        Network.Cluster.Edges.ConvertAll(edge => edge.ProcessId).Should().Equal(edges, "no edge fell over it");
        spares.ForEach(spare => spare.Dispose());
    }
}
