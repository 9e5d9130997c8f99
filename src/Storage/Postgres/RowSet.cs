using Npgsql;
using NpgsqlTypes;

namespace SipGateway.Storage;

/// <summary>One statement and the rows it works on, bound column by column: a batch of any size is the same text.</summary>
internal sealed class RowSet
{
    private readonly string _sql;
    private readonly Column[] _columns;

    /// <summary>Makes an empty set.</summary>
    /// <param name="sql">Takes the columns as the arrays <c>$1</c>, <c>$2</c>, ….</param>
    /// <param name="types">One letter a column: <c>t</c> text, <c>n</c> number.</param>
    /// <param name="mustMatch">Each row must touch a row of the database; else somebody's version was lost, or a key is another's.</param>
    public RowSet(string sql, string types, bool mustMatch = false)
    {
        _sql = sql;
        _columns = [.. types.Select(Column (type) => type == 't' ? new Column<string>(NpgsqlDbType.Text) : new Column<long?>(NpgsqlDbType.Bigint))];
        MustMatch = mustMatch;
    }

    /// <summary>How many rows.</summary>
    public int Count { get; private set; }

    /// <summary>How many rows the database must touch; null: any number.</summary>
    public ulong? Expected => MustMatch ? (ulong)Count : MustBeAbsent ? 0UL : null;

    /// <summary>None of the rows may be there.</summary>
    public bool MustBeAbsent { get; init; }

    private bool MustMatch { get; }

    /// <summary>Adds a row.</summary>
    public void Add(params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            _columns[i].Add(values[i]);
        Count++;
    }

    /// <summary>The statement with its values.</summary>
    public NpgsqlBatchCommand ToCommand()
    {
        var command = new NpgsqlBatchCommand(_sql);
        foreach (var column in _columns)
            command.Parameters.Add(column.ToParameter());
        return command;
    }

    private abstract class Column
    {
        public abstract void Add(object? value);

        public abstract NpgsqlParameter ToParameter();
    }

    private sealed class Column<T>(NpgsqlDbType type) : Column
    {
        private readonly List<T> _values = [];

        public override void Add(object? value) => _values.Add(value is null ? default! : (T)value);

        public override NpgsqlParameter ToParameter() =>
            new NpgsqlParameter<List<T>> { TypedValue = _values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
