using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace SipGateway.Cli;

/// <summary>Values as text.</summary>
internal static class Texts
{
    /// <summary>UTC to the second; a dash for never.</summary>
    public static string Time(Timestamp? time) =>
        time is null ? "-" : time.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>An enum as the API writes it.</summary>
    public static string Enum<T>(T value)
        where T : struct, System.Enum =>
            string.Concat(value.ToString().Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? $"_{c}"
                : char.ToUpperInvariant(c).ToString()));

    /// <summary>The last part of a name.</summary>
    public static string Id(string name) => name[(name.LastIndexOf('/') + 1)..];
}
