using System.Globalization;

namespace SipGateway.Edge;

/// <summary>A time of each day, such as <c>22:00-05:00</c>: the first minute counts, the last does not.</summary>
internal sealed record DailyWindow(TimeOnly Start, TimeOnly End)
{
    private const string Form = "HH:mm";

    /// <summary>The window; null when the text is none, or one of no length.</summary>
    public static DailyWindow? Parse(string text) =>
        text.Split('-') is [var start, var end] && TryParse(start, out var from) && TryParse(end, out var to) && from != to ? new DailyWindow(from, to) : null;

    /// <summary>Whether it is open at this time of day; one that ends before it begins goes over midnight.</summary>
    public bool IsOpen(TimeOnly at) => at.IsBetween(Start, End);

    private static bool TryParse(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
