namespace SipGateway.Silo.Tests.Watching;

public sealed class SiloEndTests
{
    [Fact]
    public void Words_ASiloThatWasRemoved_SaysWhyAndWhatIsNext() => SiloEnd
        .Words("KillMyselfLocally", new InvalidOperationException("I have been told I am dead, so this silo will stop! Reason: gossip"))
        .Should().Contain("was removed from its cluster").And.Contain("starts it again");

    [Fact]
    public void Words_AnythingElse_KeepsTheFault() => SiloEnd
        .Words("ProcessTableUpdates", new InvalidOperationException("no such table"))
        .Should().Contain("cannot go on: ProcessTableUpdates: no such table").And.Contain("report");
}
