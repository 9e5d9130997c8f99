using System.Collections.Immutable;
using System.Text;

namespace SipGateway.AdminApi;

/// <summary>What sort of token.</summary>
internal enum FilterTokenKind
{
    /// <summary>A name, keyword or unquoted value.</summary>
    Word,

    /// <summary>A quoted value, quotes taken away.</summary>
    Quoted,

    /// <summary><c>=</c>, <c>!=</c>, <c>:</c>, <c>&lt;</c> or <c>&gt;</c>.</summary>
    Operator,
}

/// <summary>One token of a filter.</summary>
/// <param name="Kind">What sort.</param>
/// <param name="Text">Without quotes and escapes.</param>
/// <param name="Position">From 1, in characters.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Position);

/// <summary>Cuts a filter into tokens.</summary>
internal static class FilterTokens
{
    private const string OperatorChars = "=!<>:";
    private const string NotServed = "()[],";

    /// <summary>The tokens; an error when the text cannot be cut.</summary>
    public static ImmutableArray<FilterToken> Read(string text, out FilterError? error)
    {
        var tokens = ImmutableArray.CreateBuilder<FilterToken>();
        error = null;
        for (var at = 0; at < text.Length && error is null;)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
            }
            else if (NotServed.Contains(c, StringComparison.Ordinal))
            {
                error = new FilterError(at + 1, $"'{c}' is not served; join conditions by AND");
            }
            else
            {
                at = ReadOne(text, at, tokens, out error);
            }
        }

        return tokens.ToImmutable();
    }

    private static int ReadOne(string text, int at, ImmutableArray<FilterToken>.Builder tokens, out FilterError? error) => text[at] switch
    {
        '"' or '\'' => ReadQuoted(text, at, tokens, out error),
        '=' or '!' or '<' or '>' or ':' => ReadOperator(text, at, tokens, out error),
        _ => ReadWord(text, at, tokens, out error),
    };

    private static int ReadOperator(string text, int at, ImmutableArray<FilterToken>.Builder tokens, out FilterError? error)
    {
        var isTwo = at + 1 < text.Length && text[at + 1] == '=';
        var sign = text[at..(at + (isTwo ? 2 : 1))];
        error = sign is "=" or "!=" or ":" or "<" or ">" ? null : new FilterError(at + 1, $"'{sign}' is not served; there are = != : < >");
        tokens.Add(new FilterToken(FilterTokenKind.Operator, sign, at + 1));
        return at + sign.Length;
    }

    private static int ReadQuoted(string text, int at, ImmutableArray<FilterToken>.Builder tokens, out FilterError? error)
    {
        var value = new StringBuilder();
        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] == text[at])
            {
                tokens.Add(new FilterToken(FilterTokenKind.Quoted, value.ToString(), at + 1));
                error = null;
                return i + 1;
            }

            if (text[i] == '\\' && i + 1 < text.Length)
            {
                i++;
            }

            value.Append(text[i]);
        }

        error = new FilterError(at + 1, "this quote is not closed");
        return text.Length;
    }

    // After an operator a value may hold colons, as a MAC or a time does; so may a bare word that reads as a MAC.
    private static int ReadWord(string text, int at, ImmutableArray<FilterToken>.Builder tokens, out FilterError? error)
    {
        error = null;
        var isValue = tokens.Count > 0 && tokens[^1].Kind == FilterTokenKind.Operator;
        var end = EndOf(text, at, isValue || IsBareMac(text, at));
        tokens.Add(new FilterToken(FilterTokenKind.Word, text[at..end], at + 1));
        return end;
    }

    private static bool IsBareMac(string text, int at)
    {
        var word = text.AsSpan(at, EndOf(text, at, withColons: true) - at);
        return word.Length >= 3 && word.IndexOf(':') == 2 && char.IsAsciiHexDigit(word[0]) && char.IsAsciiHexDigit(word[1])
            && word.IndexOfAnyExcept("0123456789abcdefABCDEF:*") < 0;
    }

    private static int EndOf(string text, int at, bool withColons)
    {
        var end = at;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] != '"'
            && !NotServed.Contains(text[end], StringComparison.Ordinal)
            && (!OperatorChars.Contains(text[end], StringComparison.Ordinal) || (withColons && text[end] == ':')))
        {
            end++;
        }

        return end;
    }
}
