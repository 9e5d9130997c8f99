using System.Net;
using System.Text;
using Microsoft.Data.Sqlite;
using SipGateway.Sip;

namespace SipGateway.Journeys.Tests.Registrar;

/// <summary>What a phone hears when the gateway cannot, or will not, serve everybody.</summary>
[Collection(RegistrarRules.Name)]
public sealed class RegistrarTroubleTests(RegistrarFixture fixture)
{
    [Fact, Trait("rule", "R19")]
    public async Task Commit_ThatFails_IsNever200_AndNothingChanged()
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        (await phone.BindAsync()).StatusCode.Should().Be(200);
        using var other = await RawPhone.OpenAsync(fixture);
        SipResponse response;
        await using (await DatabaseLock.TakeAsync(fixture.Gateway.DataDir))
        {
            response = await other.BindAsync();

            // The writer waits five seconds for its turn, and so may a batch and the sealer of the journal that were there before: only then
            // the write has failed and is not only late.
            await Task.Delay(TimeSpan.FromSeconds(12));
        }

        response.StatusCode.Should().Be(503);
        response.GetText(SipHeaderName.RetryAfter).Should().NotBeNullOrEmpty();
        (await phone.BindingsAsync()).Should().ContainSingle().Which.Uri.ToString().Should().Be(phone.Contact);
        (await other.BindAsync()).StatusCode.Should().Be(200, "the phone comes back and is served");
    }

    [Fact, Trait("rule", "R34")]
    public async Task Source_AboveItsRate_IsToldToComeBack_AndOthersAreServed()
    {
        using var phone = await RawPhone.OpenAsync(fixture);
        (await phone.BindAsync()).StatusCode.Should().Be(200);
        using var flood = await RawPhone.OpenAsync(fixture, from: IPAddress.Parse("127.0.0.77"));
        var packet = Encoding.UTF8.GetBytes(flood.Request("OPTIONS", []));
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        var sending = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await flood.Wire.SendAsync(packet);
            }
        });
        var busy = await flood.Wire.FinalAsync();
        while (busy.StatusCode != 503 && !stop.IsCancellationRequested)
        {
            busy = await flood.Wire.FinalAsync();
        }

        await stop.CancelAsync();
        await sending;
        await Task.Delay(TimeSpan.FromSeconds(1)); // What the flood left in the socket's queue is read by then.
        busy.StatusCode.Should().Be(503);
        busy.GetText(SipHeaderName.RetryAfter).Should().Be("10");
        (await phone.BindingsAsync()).Should().ContainSingle().Which.Uri.ToString().Should().Be(phone.Contact);
    }

    /// <summary>The one place of a writer, taken by somebody else.</summary>
    private sealed class DatabaseLock(SqliteConnection connection) : IAsyncDisposable
    {
        public static async Task<DatabaseLock> TakeAsync(string dataDir)
        {
            var file = Path.Combine(dataDir, "gateway.db");
            var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
            await connection.OpenAsync();
            await ExecuteAsync(connection, "BEGIN IMMEDIATE");
            return new DatabaseLock(connection);
        }

        public async ValueTask DisposeAsync()
        {
            await ExecuteAsync(connection, "ROLLBACK");
            await connection.DisposeAsync();
        }

        private static async Task ExecuteAsync(SqliteConnection connection, string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }
}
