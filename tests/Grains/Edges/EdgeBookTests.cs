using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests;

public sealed class EdgeBookTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Find_TwoMinutesAfterTheLastRenewal_IsNothing()
    {
        var ear = new Ear();
        var book = EdgeBook.Empty.Renew(Facts(Now), [ear], Now);

        book.Find(63, Now.AddSeconds(119)).Should().BeSameAs(ear);
        book.Find(63, Now.AddSeconds(120)).Should().BeNull();
    }

    [Fact]
    public void Renew_ByAnEarlierStart_IsIgnoredWhileTheLaterLives()
    {
        var book = EdgeBook.Empty.Renew(Facts(Now), [new Ear()], Now);

        book.Renew(Facts(Now.AddMinutes(-5)), [new Ear()], Now).Should().BeSameAs(book);
        book.Renew(Facts(Now.AddMinutes(-5)), [new Ear()], Now.AddMinutes(3)).Should().NotBeSameAs(book);
    }

    private static EdgeFacts Facts(DateTimeOffset startedAt) => new() { EdgeId = "e1", StartedAtUtc = startedAt, SipEndpoint = "127.0.0.1:5060" };

    private sealed class Ear : IEdgeObserver
    {
        public Task Notify(NotifyOrder order) => Task.CompletedTask;

        public Task<PassedAnswer> Take(PassedRequest request) => Task.FromResult(new PassedAnswer(200));
    }
}
