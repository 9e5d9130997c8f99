using System.Data.Common;

namespace SipGateway.Storage;

/// <summary>What lists and journals need of a database: rows by SQL text, values only ever bound.</summary>
internal interface IReadRows
{
    /// <summary>What this database writes in its own way.</summary>
    SqlDialect Dialect { get; }

    /// <summary>Runs a query.</summary>
    /// <param name="sql">Its text, values as <c>$1</c>, <c>$2</c>, ….</param>
    /// <param name="row">Makes an item of a row.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="values">The values in order.</param>
    Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> row, CancellationToken cancellation, params object?[] values);

    /// <summary>The same for rows that are best read in one way, whatever the database believes of its statistics.</summary>
    Task<List<T>> ReadAsync<T>(RowPlan plan, string sql, Func<DbDataReader, T> row, CancellationToken cancellation, params object?[] values) =>
        ReadAsync(sql, row, cancellation, values);
}

/// <summary>How rows are best read.</summary>
internal enum RowPlan
{
    /// <summary>An index is walked in the order asked for until there are enough; nothing is sorted.</summary>
    InOrder,

    /// <summary>All matches are found, other tables joined as a whole and not row by row, and sorted then.</summary>
    FoundFirst,
}

/// <summary>Where the two databases' SQL differs.</summary>
internal abstract class SqlDialect
{
    /// <summary>Stands for the primary key of <c>device</c> where an index is named.</summary>
    public const string DevicePrimaryKey = "device_pkey";

    /// <summary>One page of a tenant's sealed audit rows, newest first: tenant, position before, limit. After the columns of
    /// <see cref="AuditColumns"/>: position, sequence, hash.</summary>
    /// <param name="condition">Empty, or more conditions, each after <c>AND</c>.</param>
    public abstract string AuditPage(string condition);

    /// <summary>Sealed rows after a sequence number, by it: sequence, limit. After the columns: sequence, audit id, hash; null columns where
    /// the row is gone.</summary>
    public abstract string AuditWalk { get; }

    /// <summary>How many audit rows stand between two sealed ones without a seal: their ids. Null where ids are not the order.</summary>
    public abstract string? AuditUnsealedBetween { get; }

    /// <summary>A set of values to bind.</summary>
    public abstract object Set(IEnumerable<string> values);

    /// <summary>Whether a text is in a bound <see cref="Set"/>.</summary>
    public abstract string IsOneOf(string text, string set);

    /// <summary>What a device is filtered and ordered by.</summary>
    public abstract string Expression(DeviceField field);

    /// <summary>A text without its case, as columns are compared.</summary>
    public abstract string Folded(string text);

    /// <summary>A text as <see cref="Expression"/> compares it.</summary>
    public abstract string Comparable(DeviceField field, string value);

    /// <summary>The later of two times.</summary>
    public abstract string Later(string one, string other);

    /// <summary>Makes the database look the rows up by this index; empty where it needs no telling.</summary>
    public abstract string IndexHint(string? index);

    /// <summary>Makes the database find these rows before it orders or limits them.</summary>
    /// <param name="matches">What follows FROM: <c>device d</c> with its conditions.</param>
    /// <returns>The same, and more conditions may follow.</returns>
    public abstract string FoundFirst(string matches);
}

/// <summary>The key of page keys lives in the database, so that a page key outlives a restart, and is good on every host.</summary>
internal sealed class StoredPageKeys(IReadRows rows)
{
    private PageKeys? _keys;

    public async ValueTask<PageKeys> GetAsync(CancellationToken cancellation) => _keys ??= new PageKeys((await rows.ReadAsync(
        "SELECT value FROM setting WHERE name = 'page-key'", row => (byte[])row.GetValue(0), cancellation)).Single());
}
