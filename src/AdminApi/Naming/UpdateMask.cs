using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace SipGateway.AdminApi;

/// <summary>Which fields an update takes (AIP-134, 161).</summary>
internal sealed class UpdateMask
{
    private readonly HashSet<string> _paths;

    private UpdateMask(HashSet<string> paths) => _paths = paths;

    /// <summary>
    /// The fields to take out of those that may be changed: those named; all for <c>*</c>; without a mask those that have a value.
    /// </summary>
    public static UpdateMask Of(FieldMask? mask, IMessage message, params ReadOnlySpan<string> changeable)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        if (mask is null || mask.Paths.Count == 0)
        {
            foreach (var name in changeable)
            {
                if (HasValue(message, message.Descriptor.FindFieldByName(name)))
                {
                    paths.Add(name);
                }
            }

            return new UpdateMask(paths);
        }

        foreach (var path in mask.Paths.Select(Snake))
        {
            if (path == "*")
            {
                paths.UnionWith(changeable.ToArray());
            }
            else if (changeable.Contains(path))
            {
                paths.Add(path);
            }
            else
            {
                throw AdminErrors.Invalid("update_mask",
                    $"'{ResourceNames.Shown(path)}' cannot be changed; there are {string.Join(", ", changeable!)}", "INVALID_FIELD_MASK");
            }
        }

        return new UpdateMask(paths);
    }

    /// <summary>Whether a field is to be taken.</summary>
    public bool Has(string path) => _paths.Contains(path);

    /// <summary>The new value where the field is to be taken, the old one elsewhere.</summary>
    public T Choose<T>(string path, T value, T old) => Has(path) ? value : old;

    private static bool HasValue(IMessage message, FieldDescriptor field) => field switch
    {
        { HasPresence: true } => field.Accessor.HasValue(message),
        { IsRepeated: true } => ((System.Collections.ICollection)field.Accessor.GetValue(message)).Count > 0,
        _ => field.Accessor.GetValue(message) switch
        {
            string text => text.Length > 0,
            bool flag => flag,
            System.Enum e => Convert.ToInt32(e, System.Globalization.CultureInfo.InvariantCulture) != 0,
            int number => number != 0,
            _ => false,
        },
    };

    // JSON masks are camelCase; a path of a REST query may come so.
    private static string Snake(string path) =>
        string.Concat(path.Select(c => char.IsAsciiLetterUpper(c) ? "_" + char.ToLowerInvariant(c) : c.ToString()));
}
