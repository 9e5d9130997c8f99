using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Npgsql;
using SipGateway.Storage;

namespace SipGateway.Silo;

/// <summary>Asks the database every second whether it is there, over connections of its own; a question does not wait for the one before.</summary>
internal sealed class DatabaseProbe(PostgresOptions options, SightBoard board, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private readonly StallGuard guard = new(time);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var probes = PostgresDataSource.CreateForProbes(options);
        var asked = new List<Task<bool>>();
        var noted = new List<Task>();
        using var pace = new PeriodicTimer(StallGuard.Period, time);
        try
        {
            do
            {
                guard.Beat();
                asked.RemoveAll(task => task.IsCompleted);
                noted.RemoveAll(task => task.IsCompleted);
                if (asked.Count < PostgresDataSource.MaxProbes)
                {
                    // Elsewhere: what a broken connection does meanwhile must not hold up the next turn.
                    asked.Add(Task.Run(() => AskAsync(probes, stoppingToken), CancellationToken.None));
                    noted.Add(NoteAsync(asked[^1], stoppingToken));
                }
            }
            while (await pace.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }

        await Task.WhenAll(noted);
    }

    // What is not answered in time is a no; an answer that comes later is one all the same. A broken connection may take longer to find out.
    private async Task NoteAsync(Task<bool> question, CancellationToken stopping)
    {
        try
        {
            Note(await question.WaitAsync(Patience, time, stopping));
        }
        catch (TimeoutException)
        {
            Note(answered: false);
            if (await question)
            {
                Note(answered: true);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    // What a process that gets no turns misses is no sign.
    private void Note(bool answered)
    {
        if (answered || !guard.IsStalled)
        {
            board.NoteDatabase(answered);
        }
    }

    private static async Task<bool> AskAsync(NpgsqlDataSource probes, CancellationToken stopping)
    {
        try
        {
            await using var command = probes.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(stopping);
            return true;
        }
        catch (PostgresException)
        {
            // It has no connection to spare, or is starting: it is there, and others hear the same.
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
