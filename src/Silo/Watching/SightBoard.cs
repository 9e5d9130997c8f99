using System.Collections.Concurrent;
using Orleans.Runtime;

namespace SipGateway.Silo;

/// <summary>What this silo sees: the database, and other silos.</summary>
public sealed class SightBoard(TimeProvider time)
{
    // One that is lost on the way is no loss of the database.
    private const int FailuresOfALoss = 2;

    private readonly ConcurrentDictionary<SiloAddress, (long At, SiloSight Sight)> answers = [];
    private readonly Lock gate = new();
    private bool isDatabaseThere = true;
    private long databaseSince = time.GetTimestamp();
    private long databaseSeenAt = time.GetTimestamp();
    private int failures;

    /// <summary>Whether the database answers, for who asks whether phones may be sent here.</summary>
    public bool HasDatabase => DatabaseLostFor < SiloWatchRules.LossPatience;

    /// <summary>How long the database has not answered; zero while it does.</summary>
    public TimeSpan DatabaseLostFor
    {
        get
        {
            lock (gate)
            {
                return isDatabaseThere ? TimeSpan.Zero : time.GetElapsedTime(databaseSince);
            }
        }
    }

    /// <summary>Since when the database has answered without a gap; null while it does not.</summary>
    public DatabaseSight? Database
    {
        get
        {
            lock (gate)
            {
                return isDatabaseThere ? new DatabaseSight(time.GetElapsedTime(databaseSince), time.GetElapsedTime(databaseSeenAt)) : null;
            }
        }
    }

    /// <summary>Notes whether the database answered just now.</summary>
    public void NoteDatabase(bool answered)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            failures = answered ? 0 : failures + 1;
            if (answered != isDatabaseThere && (answered || failures >= FailuresOfALoss))
            {
                // Lost it was from its last answer on.
                (isDatabaseThere, databaseSince) = (answered, answered ? now : databaseSeenAt);
            }

            databaseSeenAt = answered ? now : databaseSeenAt;
        }
    }

    /// <summary>Notes the answer of another silo.</summary>
    public void NoteAnswer(SiloAddress silo, SiloSight sight) => answers[silo] = (time.GetTimestamp(), sight);

    /// <summary>What others are told.</summary>
    public SiloSight Sight() => new(
        DatabaseLostFor, [.. answers.Where(answer => time.GetElapsedTime(answer.Value.At) <= SiloWatchRules.Fresh).Select(answer => answer.Key)]);

    /// <summary>What is known of these silos; what was known of others is forgotten.</summary>
    public IReadOnlyCollection<WatchedSilo> Of(IReadOnlyCollection<SiloAddress> active)
    {
        foreach (var gone in answers.Keys.Except(active))
        {
            answers.TryRemove(gone, out _);
        }

        return [.. active.Select(silo => answers.TryGetValue(silo, out var answer)
            ? new WatchedSilo(silo, time.GetElapsedTime(answer.At), answer.Sight)
            : new WatchedSilo(silo, null, null))];
    }
}
