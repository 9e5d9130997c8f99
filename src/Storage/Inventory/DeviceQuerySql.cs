using System.Globalization;
using System.Text;

namespace SipGateway.Storage;

/// <summary>How the rows of a device query are reached.</summary>
/// <param name="Index">By this index; null: as the database likes.</param>
/// <param name="IsFew">So few match that they are found first and sorted then.</param>
internal readonly record struct DevicePath(string? Index, bool IsFew = false);

/// <summary>Writes the SQL of a device query. Names are <see cref="DeviceColumns"/> and the dialect's, values are only ever bound.</summary>
internal sealed class DeviceQuerySql
{
    // Lines beside the first have longer keys.
    private const string IsDevice = " AND length(d.mac) = 12";

    private const string HasBinding = "EXISTS (SELECT 1 FROM contact c WHERE c.mac = d.mac AND c.expires_us > {0})";

    // Sorts before every stored time, so that a device never seen has a place in the order, too.
    private const long NeverUs = -1;

    private const string AnyAttention = "*";

    private static readonly DeviceField[] Searched = [DeviceField.Mac, DeviceField.UserId, DeviceField.Location];

    private readonly DeviceQuery _query;
    private readonly SqlDialect _dialect;
    private readonly List<object?> _values = [];
    private readonly string _filter;

    public DeviceQuerySql(DeviceQuery query, SqlDialect dialect)
    {
        _query = query;
        _dialect = dialect;
        var filter = new StringBuilder("d.tenant = ").Append(Bind(query.Tenant)).Append(IsDevice);
        foreach (var term in query.Filter)
            filter.Append(" AND ").Append(Term(term));
        if (query.Search is { Length: > 0 } search)
            filter.Append(" AND (").AppendJoin(" OR ", Searched.Select(f =>
                Term(new DeviceFilterTerm(f, FilterOperator.StartsWith, search)))).Append(')');
        _filter = filter.ToString();
    }

    /// <summary>The bound values of the statement written last, in order.</summary>
    public object?[] Values => [.. _values];

    /// <summary>Counts matches, as far as a limit.</summary>
    public string Count(string? index, long limit) =>
        $"SELECT COUNT(*) FROM (SELECT 1 FROM device d {_dialect.IndexHint(index)} WHERE {_filter} "
        + $"LIMIT {limit.ToString(CultureInfo.InvariantCulture)}) AS matches";

    /// <summary>One row more than the page, starting after a position. The order value follows the columns.</summary>
    public string Page(DevicePath path, string[]? after)
    {
        var order = _query.OrderBy == DeviceField.LastSeen
            ? $"COALESCE({DeviceColumns.LastSeen(_dialect)}, {NeverUs})"
            : _dialect.Expression(_query.OrderBy);
        var direction = _query.Descending ? " DESC" : "";
        var matches = $"device d {_dialect.IndexHint(path.Index)} WHERE {_filter}";
        var sql = new StringBuilder($"SELECT {DeviceColumns.All}, {order} FROM ")
            .Append(path.IsFew ? _dialect.FoundFirst(matches) : matches);
        if (after is not null)
            sql.Append(CultureInfo.InvariantCulture,
                $" AND ({order}, d.mac) {(_query.Descending ? '<' : '>')} ({Bind(Position(after[0]))}, {Bind(after[1])})");
        sql.Append(CultureInfo.InvariantCulture, $" ORDER BY {order}{direction}, d.mac{direction} LIMIT {_query.PageSize + 1}");
        return sql.ToString();
    }

    /// <summary>How many devices have which value, commonest first.</summary>
    public string Group(DeviceField field, string? index, int limit)
    {
        var value = field == DeviceField.Connection ? ConnectionName() : DeviceColumns.Column(field);
        // Values that differ by case alone are one, and any spelling filters for all of them. Folded once a value, not once a device.
        var each = $"SELECT {value} AS value, COUNT(*) AS devices FROM device d {_dialect.IndexHint(index)} WHERE {_filter} GROUP BY 1";
        return $"SELECT MIN(value), CAST(SUM(devices) AS bigint) FROM ({each}) AS counted GROUP BY {_dialect.Folded("value")} "
            + $"ORDER BY 2 DESC, 1 LIMIT {limit.ToString(CultureInfo.InvariantCulture)}";
    }

    private string ConnectionName() =>
        $"CASE WHEN d.last_seen_us IS NULL THEN '{DeviceConnection.NeverSeen}' WHEN {HasBindingNow()} THEN '{DeviceConnection.Online}' "
        + $"ELSE '{DeviceConnection.Offline}' END";

    private string HasBindingNow() => string.Format(CultureInfo.InvariantCulture, HasBinding, Bind(StoredTime.ToMicroseconds(_query.NowUtc)));

    private object Position(string value) =>
        DeviceQueryRules.IsTime(_query.OrderBy) ? long.Parse(value, CultureInfo.InvariantCulture) : value;

    private string Term(DeviceFilterTerm term)
    {
        if (term.Field == DeviceField.Connection)
            return Connection(term);
        if (term.Field == DeviceField.Attention)
            return Attention(term);
        var column = term.Field == DeviceField.LastSeen ? DeviceColumns.LastSeen(_dialect) : _dialect.Expression(term.Field);
        if (DeviceQueryRules.IsTime(term.Field))
            return $"{column} {Sign(term.Operator)} {Bind(StoredTime.ToMicroseconds(DeviceQueryRules.Time(term.Value)!.Value))}";
        var value = _dialect.Comparable(term.Field, term.Value);
        // A range, so that the index serves it; U+10FFFF sorts after every text that starts so.
        return term.Operator == FilterOperator.StartsWith
            ? $"({column} >= {Bind(value)} AND {column} < {Bind(value + "\U0010FFFF")})"
            : $"{column} {Sign(term.Operator)} {Bind(value)}";
    }

    private string Connection(DeviceFilterTerm term)
    {
        var condition = DeviceConnection.Parse(term.Value) switch
        {
            DeviceConnection.Online => $"(d.last_seen_us IS NOT NULL AND {HasBindingNow()})",
            DeviceConnection.Offline => $"(d.last_seen_us IS NOT NULL AND NOT {HasBindingNow()})",
            _ => "(d.last_seen_us IS NULL)",
        };
        return term.Operator == FilterOperator.Equal ? condition : "NOT " + condition;
    }

    // The first half is the condition of the index. Reasons are words of a closed list: none of them is part of another between two spaces.
    private string Attention(DeviceFilterTerm term)
    {
        var condition = "d.attention <> ''";
        if (term.Value != AnyAttention)
            condition = $"({condition} AND ' ' || d.attention || ' ' LIKE {Bind($"% {term.Value.ToUpperInvariant()} %")})";
        return term.Operator == FilterOperator.Equal ? condition : $"NOT ({condition})";
    }

    private string Bind(object? value)
    {
        _values.Add(value);
        return "$" + _values.Count.ToString(CultureInfo.InvariantCulture);
    }

    private static string Sign(FilterOperator comparison) => comparison switch
    {
        FilterOperator.Equal => "=",
        FilterOperator.NotEqual => "<>",
        FilterOperator.Less => "<",
        FilterOperator.Greater => ">",
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "no sign"),
    };
}
