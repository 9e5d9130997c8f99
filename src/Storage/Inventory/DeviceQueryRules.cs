using System.Globalization;
using System.Text.Json;

namespace SipGateway.Storage;

/// <summary>What a device query must keep, and what identifies it.</summary>
internal static class DeviceQueryRules
{
    /// <summary>Checks a query.</summary>
    /// <exception cref="ArgumentException">With every reason.</exception>
    public static void Check(DeviceQuery query)
    {
        var errors = new List<string>();
        if (query.PageSize is < 1 or > StorageLimits.MaxPageSize)
            errors.Add($"The page size is {query.PageSize}: it must be from 1 to {StorageLimits.MaxPageSize}.");
        if (query.OrderBy == DeviceField.Connection)
            errors.Add("Connection is computed when asked: filter by it, or order by LastSeen.");
        if (query.OrderBy == DeviceField.Attention)
            errors.Add("Attention is no order: filter by it.");
        if (query.OrderBy == DeviceField.Tags)
            errors.Add("Tags are no order: filter by them.");
        StoredText.Check(errors, "text to look for", query.Search ?? "", StorageLimits.MaxColumnChars);
        foreach (var term in query.Filter)
            CheckTerm(term, errors);
        if (errors.Count > 0)
            throw new ArgumentException(string.Join(' ', errors), nameof(query));
    }

    /// <summary>Everything but the page and the time: a page key fits no other query.</summary>
    public static string Fingerprint(DeviceQuery query) => JsonSerializer.Serialize(
        new object?[] { "devices", query.Tenant, query.OrderBy, query.Descending, query.Search, query.Filter.Select(term =>
            new object[] { term.Field, term.Operator, term.Value }) });

    /// <summary>A time in RFC 3339; null when it is none.</summary>
    public static DateTimeOffset? Time(string value) => DateTimeOffset.TryParse(
        value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    public static bool IsTime(DeviceField field) => field is DeviceField.LastSeen or DeviceField.CreateTime;

    /// <summary>Whether devices are counted by it: not where nearly every device has a value of its own, or one has several.</summary>
    public static bool IsCounted(DeviceField field) =>
        field is not (DeviceField.Mac or DeviceField.Location or DeviceField.UserId or DeviceField.Attention or DeviceField.Tags) && !IsTime(field);

    private static void CheckTerm(DeviceFilterTerm term, List<string> errors)
    {
        StoredText.Check(errors, $"value for {term.Field}", term.Value, StorageLimits.MaxColumnChars);
        if (IsTime(term.Field) && Time(term.Value) is null)
            errors.Add($"'{term.Value}' is no time for {term.Field}: write it as 2026-01-31T12:00:00Z.");
        if (IsTime(term.Field) && term.Operator == FilterOperator.StartsWith)
            errors.Add($"{term.Field} is a time: compare it with =, !=, < or >.");
        if (term.Field == DeviceField.Connection && term.Operator is not (FilterOperator.Equal or FilterOperator.NotEqual))
            errors.Add("Connection can be equal or not equal to a value only.");
        if (term.Field == DeviceField.Connection && DeviceConnection.Parse(term.Value) is null)
            errors.Add($"'{term.Value}' is no connection: use NEVER_SEEN, ONLINE or OFFLINE.");
        if (term.Field == DeviceField.Attention && term.Operator is not (FilterOperator.Equal or FilterOperator.NotEqual))
            errors.Add("Attention can be equal or not equal to a reason only.");
        if (term is { Field: DeviceField.Tags, Operator: FilterOperator.Less or FilterOperator.Greater })
            errors.Add("Tags can be equal, not equal or begin with a text only.");
    }
}

/// <summary>Whether a device is there, computed when asked.</summary>
internal static class DeviceConnection
{
    public const string NeverSeen = "NEVER_SEEN";
    public const string Online = "ONLINE";
    public const string Offline = "OFFLINE";

    /// <summary>The name in its own spelling; null when it is none.</summary>
    public static string? Parse(string value) =>
        ((string[])[NeverSeen, Online, Offline]).FirstOrDefault(name => name.Equals(value, StringComparison.OrdinalIgnoreCase));
}
