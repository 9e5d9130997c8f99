using System.Collections.Immutable;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>
/// The part of AIP-160 that an index can serve: comparisons joined by AND (or by nothing), and one bare word. Pure; hostile text gives an error with its
/// position, never an exception.
/// </summary>
internal static class DeviceFilterParser
{
    /// <summary>Reads a filter.</summary>
    /// <returns>Exactly one of the two is set.</returns>
    public static (DeviceFilter? Filter, FilterError? Error) Parse(string text)
    {
        if (text.Length > AdminApiLimits.MaxFilterChars)
        {
            return (null, new FilterError(AdminApiLimits.MaxFilterChars + 1,
                $"a filter has at most {AdminApiLimits.MaxFilterChars} characters"));
        }

        var tokens = FilterTokens.Read(text, out var error);
        return error is null ? new Reading(tokens, text.Length).Run() : (null, error);
    }

    private ref struct Reading(ImmutableArray<FilterToken> tokens, int length)
    {
        private readonly ImmutableArray<DeviceFilterTerm>.Builder _terms = ImmutableArray.CreateBuilder<DeviceFilterTerm>();
        private string? _search;
        private int _at;

        public (DeviceFilter? Filter, FilterError? Error) Run()
        {
            while (_at < tokens.Length)
            {
                if (ReadTerm() is { } error || ReadJoint() is { } joint && (error = joint) is not null)
                {
                    return (null, error);
                }
            }

            return (new DeviceFilter(_terms.ToImmutable(), _search), null);
        }

        private readonly FilterToken? Peek(int ahead = 0) => _at + ahead < tokens.Length ? tokens[_at + ahead] : null;

        // Between two terms stands AND or nothing; after AND there must be a term.
        private FilterError? ReadJoint()
        {
            if (Peek() is not { Kind: FilterTokenKind.Word, Text: "AND" })
            {
                return null;
            }

            _at++;
            return Peek() is null ? new FilterError(length + 1, "after AND a condition is missing") : null;
        }

        private FilterError? ReadTerm()
        {
            var token = tokens[_at];
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
            var sign = tokens[_at + 1];
            if (name.Kind != FilterTokenKind.Word || !DeviceFilterFields.TryFind(name.Text, out var field))
            {
                return new FilterError(name.Position,
                    $"'{ResourceNames.Shown(name.Text)}' is no field; there are {DeviceFilterFields.Names}");
            }

            if (Peek(2) is not { Kind: not FilterTokenKind.Operator } value)
            {
                return new FilterError(Peek(2)?.Position ?? length + 1, $"after '{sign.Text}' a value is missing");
            }

            if (DeviceFilterFields.TryCompare(field, sign.Text, value, out var term) is { } error)
            {
                return error;
            }

            _terms.Add(term!);
            _at += 3;
            return null;
        }
    }
}
