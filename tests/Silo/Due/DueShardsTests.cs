using SipGateway.Storage;

namespace SipGateway.Silo.Tests;

public sealed class DueShardsTests
{
    private static readonly string[] Three = ["10.0.0.1:11111@1", "10.0.0.2:11111@1", "10.0.0.3:11111@1"];

    [Fact]
    public void Of_ThreeSilos_CoverEveryShardOnce() =>
        Three.SelectMany(s => DueShards.Of(s, Three)).Order().Should().Equal(Enumerable.Range(0, IDueReader.ShardCount));

    [Fact]
    public void Of_SiloGone_OnlyItsShardsMove()
    {
        var two = Three[..2];

        foreach (var silo in two) DueShards.Of(silo, two).Should().Contain(DueShards.Of(silo, Three));
    }

    [Fact]
    public void Of_SiloThatIsNotActive_HasNone() => DueShards.Of("10.0.0.9:11111@1", Three).Should().BeEmpty();
}
