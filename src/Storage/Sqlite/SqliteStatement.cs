using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SipGateway.Storage;

/// <summary>A prepared statement with parameters <c>$1</c>, <c>$2</c>, …; values are only ever bound.</summary>
/// <remarks>What only writes goes to SQLite past ADO.NET, whose readers, parameters and look-ups by name cost more than the statement.</remarks>
internal sealed class SqliteStatement(SqliteConnection connection, string sql, int parameters = 0) : IDisposable
{
    private const int ShortTextOctets = 1024;

    private SqliteCommand? _query;
    private sqlite3_stmt? _write;
    private int[] _positions = [];

    /// <summary>Runs it.</summary>
    /// <returns>How many rows it touched; for what is no INSERT, UPDATE or DELETE, as many as the last one did.</returns>
    public int Execute(params ReadOnlySpan<object?> values)
    {
        var statement = _write ??= Prepare();
        try
        {
            for (var i = 0; i < values.Length; i++)
                Check(Bind(statement, _positions[i], values[i]));
            int code;
            do
                code = raw.sqlite3_step(statement);
            while (code == raw.SQLITE_ROW);
            if (code != raw.SQLITE_DONE)
                Check(code);
            return raw.sqlite3_changes(connection.Handle);
        }
        finally
        {
            // It says once more what went wrong, which is known.
            _ = raw.sqlite3_reset(statement);
        }
    }

    /// <summary>The whole number in the first column of the first row; null when there is no row.</summary>
    public long? Number(params ReadOnlySpan<object?> values)
    {
        var statement = _write ??= Prepare();
        try
        {
            for (var i = 0; i < values.Length; i++)
                Check(Bind(statement, _positions[i], values[i]));
            var code = raw.sqlite3_step(statement);
            if (code is raw.SQLITE_ROW)
                return raw.sqlite3_column_int64(statement, 0);
            Check(code);
            return null;
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    /// <summary>The first column of the first row; null when there is none.</summary>
    public object? Scalar(params ReadOnlySpan<object?> values) =>
        Query(values).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>All rows.</summary>
    public List<T> Read<T>(Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        using var reader = Query(values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }

    public void Dispose()
    {
        _query?.Dispose();
        _write?.Dispose();
    }

    private static string NameOf(int parameter) => "$" + parameter.ToString(CultureInfo.InvariantCulture);

    private static int Bind(sqlite3_stmt statement, int index, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, index),
        // Octets that are none have no address, which would be bound as NULL.
        "" => raw.sqlite3_bind_text(statement, index, ""),
        string text => BindText(statement, index, text),
        long number => raw.sqlite3_bind_int64(statement, index, number),
        int number => raw.sqlite3_bind_int(statement, index, number),
        _ => throw new ArgumentException($"A {value.GetType().Name} cannot be bound.", nameof(value)),
    };

    private static int BindText(sqlite3_stmt statement, int index, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= ShortTextOctets)
        {
            Span<byte> octets = stackalloc byte[ShortTextOctets];
            return raw.sqlite3_bind_text(statement, index, octets[..Encoding.UTF8.GetBytes(text, octets)]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            return raw.sqlite3_bind_text(statement, index, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private sqlite3_stmt Prepare()
    {
        Check(raw.sqlite3_prepare_v3(connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        // To SQLite $1 is a name: its place is where it comes first in the text.
        _positions = [.. Enumerable.Range(1, parameters).Select(i => raw.sqlite3_bind_parameter_index(statement, NameOf(i)))];
        return statement;
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, connection.Handle);

    private SqliteCommand Query(ReadOnlySpan<object?> values)
    {
        if (_query is null)
        {
            _query = connection.CreateCommand();
            _query.CommandText = sql;
            for (var i = 1; i <= parameters; i++)
                _query.Parameters.Add(new SqliteParameter { ParameterName = NameOf(i) });
        }

        for (var i = 0; i < values.Length; i++)
            _query.Parameters[i].Value = values[i] ?? DBNull.Value;
        return _query;
    }
}
