using System.Globalization;
using Npgsql;
using SipGateway.LocalCluster;

namespace SipGateway.Cluster.Tests.Network;

/// <summary>An administrator who claims one phone after the other while things go wrong, and writes down what was acknowledged.</summary>
internal sealed class ClaimLedger : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static int _claimed;

    private readonly RetryingAdmin _admin;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<string> _acknowledged = [];
    private readonly Task _running;

    public ClaimLedger(RetryingAdmin admin)
    {
        _admin = admin;
        _running = RunAsync();
    }

    /// <summary>Stops, and looks into the books: each acknowledged claim is there once, and has one row in the audit log.</summary>
    /// <returns>How many were acknowledged.</returns>
    public Task<int> CheckAsync(TestCluster cluster) => CheckAsync(cluster.Postgres);

    /// <summary>The same where the books are now.</summary>
    public async Task<int> CheckAsync(PrivatePostgres server)
    {
        await _stopping.CancelAsync();
        await _running;
        await using var database = NpgsqlDataSource.Create(server.ConnectionString("sipgateway"));
        await using var command = database.CreateCommand(
            "SELECT m.mac, (SELECT count(*) FROM device d WHERE d.mac = m.mac), (SELECT count(*) FROM audit a WHERE a.target = 'devices/' || m.mac) "
            + "FROM unnest($1) AS m (mac)");
        command.Parameters.AddWithValue(_acknowledged.ToArray());
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            (reader.GetInt64(1), reader.GetInt64(2)).Should().Be((1, 1), "the claim of {0} was acknowledged", reader.GetString(0));
        return _acknowledged.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var mac = (0x0015_65E0_0000 + Interlocked.Increment(ref _claimed)).ToString("x12", CultureInfo.InvariantCulture);
            if (await _admin.PostAsync($"v1/tenants/default/devices?requestId={Guid.NewGuid()}", new { mac }, Patience) is not null)
                _acknowledged.Add(mac);
            await Task.Delay(20);
        }
    }
}
