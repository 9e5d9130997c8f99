using Npgsql;

namespace SipGateway.Storage;

/// <summary>
/// One connection that looks rows up by their keys, used by one caller at a time and opened anew after it broke. It plans once and by
/// index: a plan made while a table was empty must not read all of it later.
/// </summary>
internal sealed class PostgresSession(NpgsqlDataSource source) : IAsyncDisposable
{
    // A row that another process holds is waited for half a second; a process that was stopped while it held one loses its transaction.
    private const string Settings = """
        SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;
        SET lock_timeout = '500ms'; SET idle_in_transaction_session_timeout = '3s';
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
        """;

    private NpgsqlConnection? _connection;

    /// <summary>The connection, ready to work.</summary>
    public async ValueTask<NpgsqlConnection> GetAsync(CancellationToken cancellation)
    {
        if (_connection is { FullState: System.Data.ConnectionState.Open })
            return _connection;
        await ForgetAsync();
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            await using var command = new NpgsqlCommand(Settings, connection);
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        return _connection = connection;
    }

    /// <summary>The next caller gets a new connection; this one goes back as it came, if it still can.</summary>
    public async ValueTask ForgetAsync()
    {
        if (_connection is not { } connection)
            return;
        _connection = null;
        try
        {
            await using var command = new NpgsqlCommand("RESET ALL", connection);
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception exception) when (PostgresErrors.IsOfDatabase(exception) || exception is InvalidOperationException)
        {
            // It is broken, and the pool throws it away by itself.
        }

        await connection.DisposeAsync();
    }

    public ValueTask DisposeAsync() => ForgetAsync();
}
