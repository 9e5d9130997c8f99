using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>The order of a list (AIP-132): one field, optionally followed by <c>desc</c>.</summary>
internal static class DeviceOrder
{
    /// <summary>Reads it.</summary>
    /// <returns>The order; an error sentence when it cannot be served.</returns>
    public static (DeviceField Field, bool Descending, string? Error) Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0)
        {
            return (DeviceField.Mac, false, null);
        }

        if (words.Length > 2 || text.Contains(',', StringComparison.Ordinal) || (words.Length == 2 && words[1] is not ("desc" or "asc")))
        {
            return (default, false, "one field can be ordered by, optionally followed by desc");
        }

        if (!DeviceFilterFields.TryFind(words[0], out var field) || field is DeviceField.Connection or DeviceField.Attention or DeviceField.Tags)
        {
            return (default, false,
                $"'{ResourceNames.Shown(words[0])}' cannot be ordered by; there are {DeviceFilterFields.Names}, without connection, attention and tags");
        }

        return (field, words is [_, "desc"], null);
    }
}
