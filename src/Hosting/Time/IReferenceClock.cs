using System.Data.Common;
using Npgsql;

namespace SipGateway.Hosting;

/// <summary>The clock that a process's time is kept near to.</summary>
public interface IReferenceClock
{
    /// <summary>Whose it is, for people.</summary>
    string Owner { get; }

    /// <summary>What it says now; null while it cannot be asked.</summary>
    ValueTask<DateTimeOffset?> ReadAsync(CancellationToken cancellation);
}

/// <summary>This machine's: an embedded gateway has no other.</summary>
internal sealed class MachineClock : IReferenceClock
{
    /// <inheritdoc/>
    public string Owner => "this machine";

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> ReadAsync(CancellationToken cancellation) => new(TimeProvider.System.GetUtcNow());
}

/// <summary>The database's: all processes of a cluster share it.</summary>
public sealed class DatabaseClock(NpgsqlDataSource database) : IReferenceClock
{
    // Half of a slow answer would be the error.
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public string Owner => "the database";

    /// <inheritdoc/>
    public async ValueTask<DateTimeOffset?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            await using var command = new NpgsqlCommand("SELECT clock_timestamp()", connection);
            var asked = TimeProvider.System.GetTimestamp();
            var answer = (DateTime)(await command.ExecuteScalarAsync(cancellation))!;
            var took = TimeProvider.System.GetElapsedTime(asked);
            return took > LongestQuestion ? null : new DateTimeOffset(answer, TimeSpan.Zero) + took / 2;
        }
        catch (Exception e) when (e is DbException or TimeoutException or IOException)
        {
            return null;
        }
    }
}
