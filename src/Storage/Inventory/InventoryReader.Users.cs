using System.Data.Common;
using System.Globalization;

namespace SipGateway.Storage;

/// <summary>Users and operations.</summary>
internal sealed partial class InventoryReader
{
    private const string OperationColumns = "tenant, id, kind, owner, status, message, results_json, created_us, ended_us";

    public async Task<Page<UserRow>> ListUsersAsync(string tenant, int pageSize, string? pageKey, CancellationToken cancellation)
    {
        PageRules.CheckSize(pageSize);
        var keys = await _pageKeys.GetAsync(cancellation);
        var query = "users/" + tenant;
        var after = keys.Open(query, pageKey);
        var users = await rows.ReadAsync(
            "SELECT tenant, user_id, display_name, phone_number, created_us FROM gateway_user "
            + "WHERE tenant = $1 AND user_id > $2 ORDER BY user_id LIMIT $3",
            ReadUser, cancellation, tenant, after?[0] ?? "", pageSize + 1);
        return PageRules.Cut(users, pageSize, last => keys.Seal(query, last.UserId));
    }

    public async Task<OperationRow?> FindOperationAsync(string tenant, string id, CancellationToken cancellation) => (await rows.ReadAsync(
        $"SELECT {OperationColumns} FROM operation WHERE tenant = $1 AND id = $2", ReadOperation, cancellation, tenant, id)).SingleOrDefault();

    public async Task<Page<OperationRow>> ListOperationsAsync(string tenant, int pageSize, string? pageKey, CancellationToken cancellation)
    {
        PageRules.CheckSize(pageSize);
        var keys = await _pageKeys.GetAsync(cancellation);
        var query = "operations/" + tenant;
        var after = keys.Open(query, pageKey);
        var before = after is null ? long.MaxValue : long.Parse(after[0], CultureInfo.InvariantCulture);
        var operations = await rows.ReadAsync(
            $"SELECT {OperationColumns} FROM operation "
            + "WHERE tenant = $1 AND (created_us, id) < ($2, $3) ORDER BY created_us DESC, id DESC LIMIT $4",
            ReadOperation, cancellation, tenant, before, after?[1] ?? "", pageSize + 1);
        return PageRules.Cut(operations, pageSize, last => keys.Seal(
            query, StoredTime.ToMicroseconds(last.CreatedAtUtc).ToString(CultureInfo.InvariantCulture), last.Id));
    }

    private static UserRow ReadUser(DbDataReader row) => new()
    {
        Tenant = row.GetString(0),
        UserId = row.GetString(1),
        DisplayName = row.GetString(2),
        PhoneNumber = row.GetString(3),
        CreatedAtUtc = StoredTime.FromMicroseconds(row.GetInt64(4)),
    };

    private static OperationRow ReadOperation(DbDataReader row) => new()
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
