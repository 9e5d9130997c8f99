using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Npgsql;
using SipGateway.Storage;

namespace SipGateway.Silo;

/// <summary>Asks the database every second whether it is there, over connections of its own; a question does not wait for the one before.</summary>
internal sealed class DatabaseProbe(PostgresOptions options, SightBoard board, TimeProvider time) : BackgroundService
{
    private readonly StallGuard guard = new(time);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var probes = PostgresDataSource.CreateForProbes(options);
        var asked = new List<Task>();
        using var pace = new PeriodicTimer(StallGuard.Period, time);
        try
        {
            do
            {
                guard.Beat();
                asked.RemoveAll(task => task.IsCompleted);
                if (asked.Count < PostgresDataSource.MaxProbes)
                {
                    asked.Add(AskAsync(probes, stoppingToken));
                }
            }
            while (await pace.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }

        await Task.WhenAll(asked);
    }

    private async Task AskAsync(NpgsqlDataSource probes, CancellationToken stopping)
    {
        try
        {
            await using var command = probes.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(stopping);
            board.NoteDatabase(true);
        }
        catch (PostgresException)
        {
            // It has no connection to spare, or is starting: it is there, and others hear the same.
            board.NoteDatabase(true);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or SocketException)
        {
            // What a process that gets no turns misses is no sign.
            if (!guard.IsStalled)
            {
                board.NoteDatabase(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }
}
