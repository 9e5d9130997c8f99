using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests.Devices;

/// <summary>A phone asks over plain http for what it gets over TLS only: is it sent there, or given the bootstrap with the CA's address?</summary>
public sealed class WayToTlsTests
{
    private static readonly ConfigFile[] Run = [ConfigFile.Boot, ConfigFile.Common, ConfigFile.Device];

    private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private WayToTls? last;

    [Fact]
    public void Runs_ThatNeverArrive_AreSentEveryOtherTime()
    {
        Ask(Run).Should().AllBeEquivalentTo(true);
        Ask(Run).Should().AllBeEquivalentTo(false, "it did not arrive, perhaps for want of the CA");
        Ask(Run).Should().AllBeEquivalentTo(true);
    }

    [Fact]
    public void Run_WithoutBootFile_IsKnownByThePause()
    {
        Ask(ConfigFile.Common, ConfigFile.Device).Should().AllBeEquivalentTo(true);
        now += TimeSpan.FromSeconds(31);
        Ask(ConfigFile.Common, ConfigFile.Device).Should().AllBeEquivalentTo(false);
    }

    [Fact]
    public void File_AfterAnArrival_IsSent()
    {
        Ask(ConfigFile.Boot).Should().AllBeEquivalentTo(true);
        last = null; // What the grain does when the candidate was served over TLS.
        Ask(ConfigFile.Boot, ConfigFile.Common).Should().AllBeEquivalentTo(true);
    }

    [Fact]
    public void OtherCandidate_BeginsAnew()
    {
        Ask(ConfigFile.Boot);
        WayToTls.Ask(last, "other", ConfigFile.Boot, now).IsSent.Should().BeTrue();
    }

    private List<bool> Ask(params ConfigFile[] files) => [.. files.Select(file =>
    {
        now += TimeSpan.FromSeconds(1);
        last = WayToTls.Ask(last, "candidate", file, now);
        return last.IsSent;
    })];
}
