using System.Collections.Immutable;

namespace SipGateway.AdminApi;

/// <summary>Makes a condition of a field, a sign and a value.</summary>
/// <returns>What is wrong; null when the term is good.</returns>
internal delegate FilterError? FilterComparison<T>(FilterToken name, string sign, FilterToken value, out T? term);

/// <summary>Reads conditions that are joined by AND, of whatever is listed.</summary>
internal ref struct FilterReading<T>
{
    private readonly ImmutableArray<FilterToken> _tokens;
    private readonly FilterComparison<T> _compare;
    private readonly bool _looksForWords;
    private readonly int _length;
    private readonly ImmutableArray<T>.Builder _terms = ImmutableArray.CreateBuilder<T>();
    private string? _search;
    private int _at;

    private FilterReading(ImmutableArray<FilterToken> tokens, int length, FilterComparison<T> compare, bool looksForWords)
    {
        _tokens = tokens;
        _length = length;
        _compare = compare;
        _looksForWords = looksForWords;
    }

    /// <summary>Reads a filter.</summary>
    /// <param name="text">As it was sent.</param>
    /// <param name="compare">Makes a condition.</param>
    /// <param name="looksForWords">Whether one bare word may be looked for.</param>
    public static (ImmutableArray<T> Terms, string? Search, FilterError? Error) Read(string text, FilterComparison<T> compare, bool looksForWords)
    {
        if (text.Length > AdminApiLimits.MaxFilterChars)
        {
            return ([], null, new FilterError(AdminApiLimits.MaxFilterChars + 1,
                $"a filter has at most {AdminApiLimits.MaxFilterChars} characters"));
        }

        var tokens = FilterTokens.Read(text, out var error);
        return error is null ? new FilterReading<T>(tokens, text.Length, compare, looksForWords).Run() : ([], null, error);
    }

    private (ImmutableArray<T> Terms, string? Search, FilterError? Error) Run()
    {
        while (_at < _tokens.Length)
        {
            if ((ReadTerm() ?? ReadJoint()) is { } error)
            {
                return ([], null, error);
            }
        }

        return (_terms.ToImmutable(), _search, null);
    }

    private readonly FilterToken? Peek(int ahead = 0) => _at + ahead < _tokens.Length ? _tokens[_at + ahead] : null;

    // Between two terms stands AND or nothing; after AND there must be a term.
    private FilterError? ReadJoint()
    {
        if (Peek() is not { Kind: FilterTokenKind.Word, Text: "AND" })
        {
            return null;
        }

        _at++;
        return Peek() is null ? new FilterError(_length + 1, "after AND a condition is missing") : null;
    }

    private FilterError? ReadTerm()
    {
        var token = _tokens[_at];
        if (token.Kind == FilterTokenKind.Operator)
        {
            return new FilterError(token.Position, $"before '{token.Text}' a field is missing");
        }

        if (token is { Kind: FilterTokenKind.Word, Text: "AND" or "OR" or "NOT" })
        {
            return new FilterError(token.Position, token.Text == "AND" ? "before AND a condition is missing"
                : $"{token.Text} is not served; join conditions by AND");
        }

        if (_terms.Count >= AdminApiLimits.MaxFilterTerms)
        {
            return new FilterError(token.Position, $"a filter has at most {AdminApiLimits.MaxFilterTerms} conditions");
        }

        return Peek(1) is { Kind: FilterTokenKind.Operator } ? ReadComparison(token) : ReadWord(token);
    }

    private FilterError? ReadWord(FilterToken token)
    {
        if (!_looksForWords)
        {
            return new FilterError(token.Position, $"'{ResourceNames.Shown(token.Text)}' stands alone; write a field, a sign and a value");
        }

        if (_search is not null)
        {
            return new FilterError(token.Position, "only one word can be looked for; put several into quotes");
        }

        _search = token.Text.TrimEnd('*');
        _at++;
        return _search.Length == 0 ? new FilterError(token.Position, "there is nothing to look for") : null;
    }

    private FilterError? ReadComparison(FilterToken name)
    {
        var sign = _tokens[_at + 1];
        if (Peek(2) is not { Kind: not FilterTokenKind.Operator } value)
        {
            return new FilterError(Peek(2)?.Position ?? _length + 1, $"after '{sign.Text}' a value is missing");
        }

        if (_compare(name, sign.Text, value, out var term) is { } error)
        {
            return error;
        }

        _terms.Add(term!);
        _at += 3;
        return null;
    }
}
