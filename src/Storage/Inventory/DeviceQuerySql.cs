using System.Globalization;

namespace SipGateway.Storage;

/// <summary>Writes the SQL of a device query. Names are <see cref="DeviceColumns"/> and the dialect's, values are only ever bound.</summary>
internal sealed class DeviceQuerySql(DeviceQuery query, SqlDialect dialect)
{
    // Sorts before every stored time, so that a device never seen has a place in the order, too.
    private const long NeverUs = -1;

    private const string OwnMac = "d.mac";

    // A field that has several values has one.
    private const string Any = "*";

    // Sorts after every text that starts so.
    private const string LastChar = "\U0010FFFF";

    private static readonly DeviceField[] SearchedFields = [DeviceField.Mac, DeviceField.UserId, DeviceField.Location];

    private readonly List<object?> _values = [];
    private string _mac = OwnMac;

    /// <summary>The bound values of the statement, in order; one statement is written by one of these.</summary>
    public object?[] Values => [.. _values];

    /// <summary>
    /// The term whose rows are best looked up; null when no index finds any. Of those that need attention there are fewest, and few have a tag.
    /// </summary>
    public static DeviceFilterTerm? Driver(DeviceQuery query) => query.Filter.Where(HasIndex)
        .OrderBy(term => term.Field switch { DeviceField.Attention => 0, DeviceField.Tags => 1, _ => 2 }).FirstOrDefault();

    private static bool HasIndex(DeviceFilterTerm term) => DeviceColumns.Index(term.Field) is not null && term.Operator switch
    {
        FilterOperator.Equal => term.Field != DeviceField.Tags || term.Value != Any,
        // A device with two tags that start so would be found twice.
        FilterOperator.StartsWith => term.Field != DeviceField.Tags,
        _ => false,
    };

    /// <summary>Counts matches, as far as a limit.</summary>
    public string Count(string? index, long limit) =>
        $"SELECT COUNT(*) FROM (SELECT 1 FROM {Matches(index)} LIMIT {Number(limit)}) AS matches";

    /// <summary>One row more than the page, starting after a position, by walking an index in the query's order. The order value follows the columns.</summary>
    public string InOrder(string index, string[]? after)
    {
        _mac = MacIn(index);
        return Page(Matches(index), after);
    }

    /// <summary>The same by finding all matches first and sorting them then.</summary>
    public string FoundFirst(string? index, string[]? after) => Page(dialect.FoundFirst(Matches(index)), after);

    /// <summary>The same, but only among the next rows of an index in the query's order.</summary>
    /// <param name="index">The index, whose rows are walked.</param>
    /// <param name="served">What the index knows of the filter: rows without it are not walked.</param>
    /// <param name="limit">How many rows are walked.</param>
    /// <param name="after">The position to start after.</param>
    public string Near(string index, IReadOnlyCollection<DeviceFilterTerm> served, int limit, string[]? after)
    {
        // Named, because the order of an expression outlives a subquery only so.
        _mac = MacIn(index);
        var next = $"SELECT d.*, {Order} AS place FROM {From(index, served)}{After(after)}" + Ordered(Order, limit);
        _mac = OwnMac;
        return $"SELECT {DeviceColumns.All}, d.place FROM ({next}) d WHERE TRUE{Terms(query.Filter.Except(served))}{Searched()}"
            + Ordered(query.OrderBy == DeviceField.Mac ? Order : "d.place", query.PageSize + 1);
    }

    /// <summary>How many devices have which value, commonest first.</summary>
    public string Group(DeviceField field, string? index, int limit)
    {
        var value = field == DeviceField.Connection ? ConnectionName() : DeviceColumns.Column(field);
        // Values that differ by case alone are one, and any spelling filters for all of them. Folded once a value, not once a device.
        var each = $"SELECT {value} AS value, COUNT(*) AS devices FROM {Matches(index)} GROUP BY 1";
        return $"SELECT MIN(value), CAST(SUM(devices) AS bigint) FROM ({each}) AS counted GROUP BY {dialect.Folded("value")} "
            + $"ORDER BY 2 DESC, 1 LIMIT {Number(limit)}";
    }

    private string Order => query.OrderBy switch
    {
        DeviceField.Mac => _mac,
        DeviceField.LastSeen => $"COALESCE({DeviceColumns.LastSeen(dialect)}, {NeverUs})",
        _ => dialect.Expression(query.OrderBy),
    };

    private string Page(string matches, string[]? after) =>
        $"SELECT {DeviceColumns.All}, {Order} FROM {matches}{After(after)}{Ordered(Order, query.PageSize + 1)}";

    private string Matches(string? index) => From(index, query.Filter) + Searched();

    private string From(string? index, IEnumerable<DeviceFilterTerm> terms)
    {
        if (index != DeviceColumns.Tagged)
            return $"device d {dialect.IndexHint(index)} WHERE d.tenant = {Bind(query.Tenant)} AND {DeviceColumns.IsDevice}{Terms(terms)}";
        var tag = Driver(query)!;
        return $"device_tag t CROSS JOIN device d {dialect.IndexHint(SqlDialect.DevicePrimaryKey)} WHERE t.tenant = {Bind(query.Tenant)} "
            + $"AND t.tag = {Bind(Tag(tag))} AND d.tenant = t.tenant AND d.mac = t.mac AND {DeviceColumns.IsDevice}{Terms(terms.Where(term => term != tag))}";
    }

    // Neither database knows that the MAC in the table that is walked is the device's.
    private static string MacIn(string index) => index == DeviceColumns.Tagged ? "t.mac" : OwnMac;

    private string Terms(IEnumerable<DeviceFilterTerm> terms) => string.Concat(terms.Select(term => " AND " + Term(term)));

    private string Searched() => query.Search is { Length: > 0 } search
        ? $" AND ({string.Join(" OR ", SearchedFields.Select(field => Term(new DeviceFilterTerm(field, FilterOperator.StartsWith, search))))})"
        : "";

    private string After(string[]? position) => position is null
        ? ""
        : $" AND ({Order}, {_mac}) {(query.Descending ? '<' : '>')} ({Bind(Position(position[0]))}, {Bind(position[1])})";

    private string Ordered(string order, int limit)
    {
        var direction = query.Descending ? " DESC" : "";
        var ties = query.OrderBy == DeviceField.Mac ? "" : $", {_mac}{direction}";
        return $" ORDER BY {order}{direction}{ties} LIMIT {Number(limit)}";
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private string ConnectionName() =>
        $"CASE WHEN d.last_seen_us IS NULL THEN '{DeviceConnection.NeverSeen}' WHEN {HasBindingNow()} THEN '{DeviceConnection.Online}' "
        + $"ELSE '{DeviceConnection.Offline}' END";

    private string HasBindingNow() => DeviceColumns.HasBinding(Bind(StoredTime.ToMicroseconds(query.NowUtc)));

    private object Position(string value) =>
        DeviceQueryRules.IsTime(query.OrderBy) ? long.Parse(value, CultureInfo.InvariantCulture) : value;

    private string Term(DeviceFilterTerm term)
    {
        if (term.Field == DeviceField.Connection)
            return Connection(term);
        if (term.Field == DeviceField.Attention)
            return Attention(term);
        if (term.Field == DeviceField.Tags)
            return Tagged(term);
        var column = term.Field == DeviceField.LastSeen ? DeviceColumns.LastSeen(dialect) : dialect.Expression(term.Field);
        if (DeviceQueryRules.IsTime(term.Field))
            return $"{column} {Sign(term.Operator)} {Bind(StoredTime.ToMicroseconds(DeviceQueryRules.Time(term.Value)!.Value))}";
        var value = dialect.Comparable(term.Field, term.Value);
        // A range, so that the index serves it.
        return term.Operator == FilterOperator.StartsWith
            ? $"({column} >= {Bind(value)} AND {column} < {Bind(value + LastChar)})"
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
        if (term.Value != Any)
            condition = $"({condition} AND ' ' || d.attention || ' ' LIKE {Bind($"% {term.Value.ToUpperInvariant()} %")})";
        return term.Operator == FilterOperator.Equal ? condition : $"NOT ({condition})";
    }

    private string Tagged(DeviceFilterTerm term)
    {
        var condition = term.Operator == FilterOperator.StartsWith ? $" AND t.tag >= {Bind(Tag(term))} AND t.tag < {Bind(Tag(term) + LastChar)}"
            : term.Value == Any ? "" : $" AND t.tag = {Bind(Tag(term))}";
        return (term.Operator == FilterOperator.NotEqual ? "NOT " : "")
            + (condition.Length == 0 ? "(d.tags <> '')" : $"EXISTS (SELECT 1 FROM device_tag t WHERE t.tenant = d.tenant AND t.mac = d.mac{condition})");
    }

    // As they are stored.
    private static string Tag(DeviceFilterTerm term) => FoldedText.Of(term.Value);

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
