using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SipGateway.Storage;

/// <summary>Users and operations.</summary>
internal sealed partial class SqliteInventory
{
    private const string OperationColumns = "tenant, id, kind, owner, status, message, results_json, created_us, ended_us";

    public Task<Page<UserRow>> ListUsersAsync(string tenant, int pageSize, string? pageKey, CancellationToken cancellation)
    {
        PageRules.CheckSize(pageSize);
        return engine.Readers.QueryAsync(session =>
        {
            var query = "users/" + tenant;
            var after = Keys(session).Open(query, pageKey);
            var rows = session.Read(
                "SELECT tenant, user_id, display_name, phone_number, created_us FROM gateway_user "
                + "WHERE tenant = $1 AND user_id > $2 ORDER BY user_id LIMIT $3",
                ReadUser, tenant, after?[0] ?? "", pageSize + 1);
            return PageRules.Cut(rows, pageSize, last => Keys(session).Seal(query, last.UserId));
        }, cancellation);
    }

    public Task<OperationRow?> FindOperationAsync(string tenant, string id, CancellationToken cancellation) => engine.Readers.QueryAsync(
        session => session.Read($"SELECT {OperationColumns} FROM operation WHERE tenant = $1 AND id = $2", ReadOperation, tenant,
            id).SingleOrDefault(),
        cancellation);

    public Task<Page<OperationRow>> ListOperationsAsync(string tenant, int pageSize, string? pageKey, CancellationToken cancellation)
    {
        PageRules.CheckSize(pageSize);
        return engine.Readers.QueryAsync(session =>
        {
            var query = "operations/" + tenant;
            var after = Keys(session).Open(query, pageKey);
            var before = after is null ? long.MaxValue : long.Parse(after[0], CultureInfo.InvariantCulture);
            var rows = session.Read(
                $"SELECT {OperationColumns} FROM operation "
                + "WHERE tenant = $1 AND (created_us, id) < ($2, $3) ORDER BY created_us DESC, id DESC LIMIT $4",
                ReadOperation, tenant, before, after?[1] ?? "", pageSize + 1);
            return PageRules.Cut(rows, pageSize, last => Keys(session).Seal(
                query, StoredTime.ToMicroseconds(last.CreatedAtUtc).ToString(CultureInfo.InvariantCulture), last.Id));
        }, cancellation);
    }

    private static UserRow ReadUser(SqliteDataReader row) => new()
    {
        Tenant = row.GetString(0),
        UserId = row.GetString(1),
        DisplayName = row.GetString(2),
        PhoneNumber = row.GetString(3),
        CreatedAtUtc = StoredTime.FromMicroseconds(row.GetInt64(4)),
    };

    private static OperationRow ReadOperation(SqliteDataReader row) => new()
    {
        Tenant = row.GetString(0),
        Id = row.GetString(1),
        Kind = row.GetString(2),
        Owner = row.GetString(3),
        Status = row.GetString(4),
        Message = row.GetString(5),
        ResultsJson = row.GetString(6),
        CreatedAtUtc = StoredTime.FromMicroseconds(row.GetInt64(7)),
        EndedAtUtc = StoredTime.FromMicroseconds(row.IsDBNull(8) ? null : row.GetInt64(8)),
    };
}
