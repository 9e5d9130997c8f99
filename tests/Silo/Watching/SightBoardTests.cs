using System.Net;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;

namespace SipGateway.Silo.Tests.Watching;

public sealed class SightBoardTests
{
    private static readonly SiloAddress Other = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_111), 1);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Database_AnswersAndDoesNot_IsTimedFromTheFirstOfEach()
    {
        var board = new SightBoard(_time);
        _time.Advance(TimeSpan.FromSeconds(10));
        board.NoteDatabase(true);
        board.Database.Should().Be(new DatabaseSight(TimeSpan.FromSeconds(10), TimeSpan.Zero));

        _time.Advance(TimeSpan.FromSeconds(1));
        board.NoteDatabase(false);
        board.DatabaseLostFor.Should().Be(TimeSpan.Zero, "one question may have been lost on its way");
        _time.Advance(TimeSpan.FromSeconds(1));
        board.NoteDatabase(false);
        board.DatabaseLostFor.Should().Be(TimeSpan.FromSeconds(2), "it was lost from its last answer on");
        (board.Database, board.HasDatabase).Should().Be((null, true));

        _time.Advance(TimeSpan.FromSeconds(1));
        board.HasDatabase.Should().BeFalse("three seconds are no hiccup");

        board.NoteDatabase(true);
        (board.DatabaseLostFor, board.Database, board.HasDatabase).Should().Be((TimeSpan.Zero, new DatabaseSight(TimeSpan.Zero, TimeSpan.Zero), true));
    }

    [Fact]
    public void Sight_NamesWhoAnsweredAMomentAgo()
    {
        var board = new SightBoard(_time);
        board.NoteAnswer(Other, new SiloSight(TimeSpan.Zero, []));

        _time.Advance(TimeSpan.FromSeconds(2));
        board.Sight().Reached.Should().Equal(Other);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        board.Sight().Reached.Should().BeEmpty();
        board.Of([Other]).Should().ContainSingle().Which.SilentFor.Should().Be(TimeSpan.FromSeconds(2.1));
    }

    [Fact]
    public void Of_SilosThatAreGone_AreForgotten()
    {
        var board = new SightBoard(_time);
        board.NoteAnswer(Other, new SiloSight(TimeSpan.Zero, []));

        board.Of([]).Should().BeEmpty();
        board.Of([Other]).Should().Equal(new WatchedSilo(Other, null, null));
    }
}
