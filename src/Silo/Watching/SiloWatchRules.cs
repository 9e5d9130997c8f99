using Orleans.Runtime;

namespace SipGateway.Silo;

/// <summary>What this silo knows of another one.</summary>
/// <param name="Silo">Which.</param>
/// <param name="SilentFor">How long it has not answered; null: it never has.</param>
/// <param name="Sight">What it saw when it answered last.</param>
public readonly record struct WatchedSilo(SiloAddress Silo, TimeSpan? SilentFor, SiloSight? Sight);

/// <summary>What a silo that has the database sees of it.</summary>
/// <param name="SeenFor">How long it has answered without a gap.</param>
/// <param name="AnsweredAgo">How long ago it answered last: a silo that gets no turns does not notice that it is gone.</param>
public readonly record struct DatabaseSight(TimeSpan SeenFor, TimeSpan AnsweredAgo);

/// <summary>Why a silo has to leave.</summary>
public enum LeaveReason
{
    /// <summary>The database does not answer it, and answers others.</summary>
    LostDatabase,

    /// <summary>It and this silo do not reach each other, and a third reaches both.</summary>
    CutOff,
}

/// <summary>
/// Which silos have to leave although their neighbours' probes find them well. Orleans removes a silo that nobody reaches; it leaves alone one
/// that lost only its database, and two that lost only each other: their phones would be refused for as long as that lasts.
/// </summary>
public static class SiloWatchRules
{
    /// <summary>A database that fails over, or a burst of losses, is no reason yet.</summary>
    public static readonly TimeSpan LossPatience = TimeSpan.FromSeconds(3);

    /// <summary>Longer than Orleans needs to remove a silo that nobody reaches.</summary>
    public static readonly TimeSpan SilencePatience = TimeSpan.FromSeconds(6);

    /// <summary>A database that comes back does so for all within this time: until then nobody is said to be without it.</summary>
    public static readonly TimeSpan SureSight = TimeSpan.FromSeconds(5);

    /// <summary>What is older is no news.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    /// <summary>Who has to leave, and why.</summary>
    /// <param name="own">What this silo sees of the database; null: nothing.</param>
    /// <param name="others">The other silos that count as active.</param>
    public static IEnumerable<(SiloAddress Silo, LeaveReason Reason)> Judge(DatabaseSight? own, IReadOnlyCollection<WatchedSilo> others)
    {
        // Who has no database cannot say so in it, and who has had it for a moment only may be the first that has it back.
        if (own is not { } database || database.SeenFor < SureSight || database.AnsweredAgo > Fresh)
        {
            yield break;
        }

        foreach (var other in others)
        {
            // It counts only that the database answered this silo and not that one: what went away for all of them did so at one time.
            if (IsFresh(other) && other.Sight!.DatabaseLostFor - database.AnsweredAgo >= LossPatience)
            {
                yield return (other.Silo, LeaveReason.LostDatabase);
            }
            else if (other.SilentFor >= SilencePatience && others.Any(third => Reaches(third, other.Silo)))
            {
                yield return (other.Silo, LeaveReason.CutOff);
            }
        }
    }

    private static bool Reaches(WatchedSilo third, SiloAddress silo) => third.Silo != silo && IsFresh(third) && third.Sight!.Reached.Contains(silo);

    private static bool IsFresh(WatchedSilo silo) => silo.SilentFor <= Fresh && silo.Sight is not null;
}
