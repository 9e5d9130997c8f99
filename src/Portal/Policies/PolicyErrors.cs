using System.Text.RegularExpressions;

namespace SipGateway.Portal;

/// <summary>Why a policy was refused, field by field: the API names the field at the beginning of each sentence.</summary>
internal sealed partial class PolicyErrors
{
    private readonly ILookup<string, string> _byField;

    private PolicyErrors(ILookup<string, string> byField, string rest) => (_byField, Rest) = (byField, rest);

    /// <summary>Nothing is wrong.</summary>
    public static PolicyErrors None { get; } = new(Array.Empty<(string, string)>().ToLookup(e => e.Item1, e => e.Item2), "");

    /// <summary>What is said of no field in particular.</summary>
    public string Rest { get; }

    /// <summary>From the API's sentences.</summary>
    public static PolicyErrors Of(string message)
    {
        var starts = FieldStart().Matches(message);
        var first = starts.Count > 0 ? starts[0].Index : message.Length;
        var parts = starts.Select((start, i) => (Field: start.Groups[1].Value,
            Text: message[start.Index..(i + 1 < starts.Count ? starts[i + 1].Index : message.Length)].Trim()));
        return new PolicyErrors(parts.ToLookup(part => part.Field, part => part.Text, StringComparer.Ordinal), message[..first].Trim());
    }

    /// <summary>What is wrong with a field; null when nothing is.</summary>
    public string? this[string field] => _byField.Contains(field) ? string.Join(' ', _byField[field]) : null;

    /// <summary>What is wrong with one setting.</summary>
    public string? OfSetting(string key)
    {
        var found = _byField["settings"].Where(text => key.Length > 0 && text.Contains($"'{key}'", StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count == 0 ? null : string.Join(' ', found);
    }

    /// <summary>What is wrong with the settings as a whole: what names none of them.</summary>
    public string? OfSettings(IEnumerable<string> keys)
    {
        var told = keys.Select(OfSetting).OfType<string>().SelectMany(text => _byField["settings"].Where(text.Contains)).ToHashSet(StringComparer.Ordinal);
        var rest = _byField["settings"].Where(text => !told.Contains(text)).ToList();
        return rest.Count == 0 ? null : string.Join(' ', rest);
    }

    [GeneratedRegex("(?<=^|[.:] )(displayName|language|timeZone|ntpServer|phoneAdminPassword|models|firmwareChannel|emergencyNumbers|settings)"
        + "(?=:| must| has)")]
    private static partial Regex FieldStart();
}
