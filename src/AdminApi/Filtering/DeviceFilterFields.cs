using System.Globalization;
using Google.Protobuf.Reflection;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>Which fields can be filtered and ordered by, under their names in proto and in JSON, and which values they take.</summary>
internal static class DeviceFilterFields
{
    private static readonly Dictionary<string, DeviceField> ByName = new(StringComparer.Ordinal)
    {
        ["mac"] = DeviceField.Mac,
        ["state"] = DeviceField.State,
        ["connection"] = DeviceField.Connection,
        ["trust_level"] = DeviceField.TrustLevel,
        ["location"] = DeviceField.Location,
        ["vendor"] = DeviceField.Vendor,
        ["model"] = DeviceField.Model,
        ["firmware"] = DeviceField.Firmware,
        ["user"] = DeviceField.UserId,
        ["site"] = DeviceField.Site,
        ["last_seen_time"] = DeviceField.LastSeen,
        ["create_time"] = DeviceField.CreateTime,
        ["attention"] = DeviceField.Attention,
        ["tags"] = DeviceField.Tags,
        ["trustLevel"] = DeviceField.TrustLevel,
        ["lastSeenTime"] = DeviceField.LastSeen,
        ["createTime"] = DeviceField.CreateTime,
    };

    /// <summary>The fields' names, for a message.</summary>
    public static string Names { get; } = string.Join(", ", ByName.Keys.Take(14));

    /// <summary>Finds a field.</summary>
    public static bool TryFind(string name, out DeviceField field) => ByName.TryGetValue(name, out field);

    /// <summary>Makes one comparison.</summary>
    /// <returns>What is wrong; null when the term is good.</returns>
    public static FilterError? TryCompare(DeviceField field, string sign, FilterToken value, out DeviceFilterTerm? term)
    {
        term = null;
        var isTime = field is DeviceField.LastSeen or DeviceField.CreateTime;
        var isEnum = field is DeviceField.State or DeviceField.Connection or DeviceField.TrustLevel or DeviceField.Attention;
        if (isTime != sign is "<" or ">" && (isTime || sign is "<" or ">"))
        {
            return new FilterError(value.Position, isTime ? "a time is compared by < and >" : "< and > compare times only");
        }

        var text = isTime ? Time(value.Text) : isEnum ? EnumValue(field, value.Text) : Text(field, value.Text);
        if (text is null)
        {
            return new FilterError(value.Position, isTime ? "this is no time; write 2026-01-31T12:00:00Z"
                : $"there is no such value; there are {ValuesOf(field)}");
        }

        term = new DeviceFilterTerm(field, OperatorOf(sign, field, isEnum, value.Text), text);
        return null;
    }

    private static FilterOperator OperatorOf(string sign, DeviceField field, bool isEnum, string value) => sign switch
    {
        // AIP-160: a list has a value, has one that begins so, or has any.
        not "!=" when field == DeviceField.Tags => value.Length > 1 && value.EndsWith('*') ? FilterOperator.StartsWith : FilterOperator.Equal,
        "!=" => FilterOperator.NotEqual,
        "<" => FilterOperator.Less,
        ">" => FilterOperator.Greater,
        ":" => isEnum ? FilterOperator.Equal : FilterOperator.StartsWith,
        _ => value.EndsWith('*') && !isEnum ? FilterOperator.StartsWith : FilterOperator.Equal,
    };

    private static string? Time(string value) =>
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
            ? time.ToString("O", CultureInfo.InvariantCulture)
            : null;

    // Any of them.
    private static string? EnumValue(DeviceField field, string value) => field == DeviceField.Attention && value == "*" ? value :
        Values(field).FirstOrDefault(v => string.Equals(v, value, StringComparison.OrdinalIgnoreCase));

    // A MAC is stored without separators, so its start is compared without them.
    private static string Text(DeviceField field, string value)
    {
        if (field == DeviceField.Tags && value == "*") return value;
        var start = value.TrimEnd('*');
        return field == DeviceField.Mac ? MacStart(start) : start;
    }

    /// <summary>The start of a MAC as it is stored; other text as it is.</summary>
    public static string MacStart(string text)
    {
        if (MacAddress.TryNormalize(text, out var mac))
        {
            return mac;
        }

        var digits = text.Replace(":", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace(".", "",
            StringComparison.Ordinal);
        return digits.Length is > 0 and <= 12 && digits.All(char.IsAsciiHexDigit) ? digits.ToLowerInvariant() : text;
    }

    private static string ValuesOf(DeviceField field) => string.Join(", ", Values(field));

    private static IEnumerable<string> Values(DeviceField field)
    {
        EnumDescriptor values = field switch
        {
            DeviceField.State => Device.Descriptor.EnumTypes.Single(e => e.Name == "State"),
            DeviceField.Attention => Device.Descriptor.EnumTypes.Single(e => e.Name == "AttentionReason"),
            DeviceField.Connection => Device.Descriptor.EnumTypes.Single(e => e.Name == "Connection"),
            _ => Device.Descriptor.EnumTypes.Single(e => e.Name == "TrustLevel"),
        };
        return values.Values.Where(v => v.Number != 0).Select(v => v.Name);
    }
}
