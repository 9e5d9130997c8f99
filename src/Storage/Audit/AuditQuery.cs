using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SipGateway.Storage;

/// <summary>Which audit rows.</summary>
public sealed record AuditQuery
{
    /// <summary>Whose rows.</summary>
    public required string Tenant { get; init; }

    /// <summary>All of these must hold.</summary>
    public ImmutableArray<AuditFilterTerm> Filter { get; init; } = [];

    /// <summary>1 to 1000.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>From the page before; null for the first.</summary>
    public string? PageKey { get; init; }
}

/// <summary>What of an audit row can be compared.</summary>
public enum AuditField
{
    /// <summary>When; a time.</summary>
    CreateTime,

    /// <summary>Who; text.</summary>
    Actor,

    /// <summary>What; text.</summary>
    Action,

    /// <summary>To what; text.</summary>
    Target,

    /// <summary>How it ended; text.</summary>
    Outcome,
}

/// <summary>One comparison. Texts are compared as they are written; times may be less or greater only.</summary>
/// <param name="Field">The column.</param>
/// <param name="Operator">How.</param>
/// <param name="Value">With what; times in RFC 3339.</param>
public sealed record AuditFilterTerm(AuditField Field, FilterOperator Operator, string Value);

/// <summary>Writes the conditions of an audit query. Values are only ever bound, after the page's own three.</summary>
internal sealed class AuditCondition
{
    private const int ValuesOfPage = 3;
    private readonly StringBuilder _sql = new();
    private readonly List<object?> _values = [];

    /// <exception cref="ArgumentException">A time is none, or a text cannot be stored.</exception>
    public AuditCondition(AuditQuery query)
    {
        var errors = new List<string>();
        foreach (var term in query.Filter)
            StoredText.Check(errors, $"value for {term.Field}", term.Value, StorageLimits.MaxColumnChars);
        if (errors.Count > 0)
            throw new ArgumentException(string.Join(' ', errors), nameof(query));
        foreach (var term in query.Filter)
            _sql.Append(" AND ").Append(Written(term));
    }

    /// <summary>Empty, or what follows the page's own conditions.</summary>
    public string Sql => _sql.ToString();

    /// <summary>The bound values, in order.</summary>
    public IEnumerable<object?> Values => _values;

    /// <summary>A page key fits no other query.</summary>
    public static string Fingerprint(AuditQuery query) => query.Filter.IsEmpty ? "audit/" + query.Tenant : "audit/" + JsonSerializer.Serialize(
        new object[] { query.Tenant, query.Filter.Select(term => new object[] { term.Field, term.Operator, term.Value }) });

    private string Written(AuditFilterTerm term)
    {
        if (term.Field == AuditField.CreateTime)
        {
            var time = DeviceQueryRules.Time(term.Value)
                ?? throw new ArgumentException($"'{term.Value}' is no time: write it as 2026-01-31T12:00:00Z.", nameof(term));
            return $"a.at_us {(term.Operator == FilterOperator.Less ? '<' : '>')} {Bind(StoredTime.ToMicroseconds(time))}";
        }

        var column = "a." + term.Field.ToString().ToLowerInvariant();
        return term.Operator switch
        {
            FilterOperator.StartsWith => $"({column} >= {Bind(term.Value)} AND {column} < {Bind(term.Value + "\U0010FFFF")})",
            FilterOperator.NotEqual => $"{column} <> {Bind(term.Value)}",
            _ => $"{column} = {Bind(term.Value)}",
        };
    }

    private string Bind(object? value)
    {
        _values.Add(value);
        return "$" + (ValuesOfPage + _values.Count).ToString(CultureInfo.InvariantCulture);
    }
}
