using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Npgsql;
using SipGateway.Storage;

namespace SipGateway.Silo;

/// <summary>Asks the database every second whether it is there, over a connection of its own.</summary>
internal sealed class DatabaseProbe(PostgresOptions options, SightBoard board, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var probes = PostgresDataSource.CreateForProbes(options);
        try
        {
            while (true)
            {
                board.NoteDatabase(await AnswersAsync(probes, stoppingToken));
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task<bool> AnswersAsync(NpgsqlDataSource probes, CancellationToken stopping)
    {
        try
        {
            return await AskAsync(probes, stopping).WaitAsync(Patience, time, stopping);
        }
        catch (PostgresException)
        {
            // It has no connection to spare, or is starting: it is there, and others hear the same.
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or SocketException)
        {
            return false;
        }
    }

    private static async Task<bool> AskAsync(NpgsqlDataSource probes, CancellationToken stopping)
    {
        await using var command = probes.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(stopping);
        return true;
    }
}
