using System.Collections.Immutable;
using System.Globalization;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>The filter of the audit journal. Pure; hostile text gives an error with its position.</summary>
internal static class AuditFilterParser
{
    private static readonly Dictionary<string, AuditField> ByName = new(StringComparer.Ordinal)
    {
        ["create_time"] = AuditField.CreateTime,
        ["actor"] = AuditField.Actor,
        ["action"] = AuditField.Action,
        ["target"] = AuditField.Target,
        ["outcome"] = AuditField.Outcome,
        ["createTime"] = AuditField.CreateTime,
    };

    private static readonly string Names = string.Join(", ", ByName.Keys.Take(5));

    /// <summary>Reads a filter; the terms mean nothing when there is an error.</summary>
    public static (ImmutableArray<AuditFilterTerm> Terms, FilterError? Error) Parse(string text)
    {
        var (terms, _, error) = FilterReading<AuditFilterTerm>.Read(text, Compare, looksForWords: false);
        return (terms, error);
    }

    private static FilterError? Compare(FilterToken name, string sign, FilterToken value, out AuditFilterTerm? term)
    {
        term = null;
        if (name.Kind != FilterTokenKind.Word || !ByName.TryGetValue(name.Text, out var field))
        {
            return new FilterError(name.Position, $"'{ResourceNames.Shown(name.Text)}' is no field; there are {Names}");
        }

        var isTime = field == AuditField.CreateTime;
        if (isTime != sign is "<" or ">" && (isTime || sign is "<" or ">"))
        {
            return new FilterError(value.Position, isTime ? "a time is compared by < and >" : "< and > compare times only");
        }

        if (isTime)
        {
            return CompareTime(sign, value, out term);
        }

        var isStart = sign == ":" || (sign == "=" && value.Text.EndsWith('*'));
        term = new AuditFilterTerm(field, isStart ? FilterOperator.StartsWith : sign == "!=" ? FilterOperator.NotEqual : FilterOperator.Equal,
            isStart ? value.Text.TrimEnd('*') : value.Text);
        return null;
    }

    private static FilterError? CompareTime(string sign, FilterToken value, out AuditFilterTerm? term)
    {
        term = null;
        if (!DateTimeOffset.TryParse(value.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return new FilterError(value.Position, "this is no time; write 2026-01-31T12:00:00Z");
        }

        term = new AuditFilterTerm(AuditField.CreateTime, sign == "<" ? FilterOperator.Less : FilterOperator.Greater,
            time.ToString("O", CultureInfo.InvariantCulture));
        return null;
    }
}
