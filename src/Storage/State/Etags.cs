using System.Globalization;

namespace SipGateway.Storage;

/// <summary>The etag that Orleans carries is the state's version as text.</summary>
internal static class Etags
{
    public static string Of(long version) => version.ToString(CultureInfo.InvariantCulture);

    public static long VersionOf(string? etag) =>
        string.IsNullOrEmpty(etag) ? 0 : long.Parse(etag, NumberStyles.None, CultureInfo.InvariantCulture);
}
