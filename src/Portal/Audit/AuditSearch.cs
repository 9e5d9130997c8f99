using System.Globalization;

namespace SipGateway.Portal;

/// <summary>Which events are shown; all of it in the address. Times are UTC, as the journal's are.</summary>
internal sealed record AuditSearch(string Actor, string Kind, string Target, string Outcome, string From, string Until)
{
    private const string Minutes = "yyyy-MM-dd'T'HH:mm";

    /// <summary>The kinds of things done: how their names begin, and a label.</summary>
    public static IReadOnlyList<(string Word, string Label)> Kinds =>
    [
        ("device.", Texts.Devices), ("user.", Texts.UsersArea), ("policy.", Texts.PoliciesArea), ("site.", Texts.SitesArea),
        ("operation.", Texts.OperationsArea), ("tenant.", Texts.AuditTenant),
    ];

    /// <summary>The address.</summary>
    public string Path
    {
        get
        {
            var parts = new[] { ("actor", Actor), ("kind", Kind), ("target", Target), ("outcome", Outcome), ("from", From), ("until", Until) }
                .Where(part => part.Item2.Length > 0).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2)}").ToList();
            return parts.Count == 0 ? Areas.Audit : $"{Areas.Audit}?{string.Join('&', parts)}";
        }
    }

    /// <summary>The filter for the API.</summary>
    public string Filter
    {
        get
        {
            var terms = new List<string>();
            if (Actor.Length > 0) terms.Add($"actor : {Areas.Quoted(Actor)}");
            if (Kind.Length > 0) terms.Add($"action : {Areas.Quoted(Kind)}");
            if (Target.Length > 0) terms.Add($"target : {Areas.Quoted(TargetOf(Target.Trim()))}");
            if (Outcome.Length > 0) terms.Add(Outcome == "ok" ? "outcome = OK" : "outcome != OK");
            if (TimeOf(From) is { } from) terms.Add($"create_time > {Areas.Quoted(Instant(from))}");
            if (TimeOf(Until) is { } until) terms.Add($"create_time < {Areas.Quoted(Instant(until.AddMinutes(1)))}");
            return string.Join(" AND ", terms);
        }
    }

    /// <summary>What the fields of the form hold.</summary>
    public Form ToForm() => new() { Actor = Actor, Kind = Kind, Target = Target, Outcome = Outcome, From = TimeOf(From), Until = TimeOf(Until) };

    /// <summary>From the form.</summary>
    public static AuditSearch Of(Form form) =>
        new(form.Actor.Trim(), form.Kind, form.Target.Trim(), form.Outcome, Written(form.From), Written(form.Until));

    // A MAC in any notation, or the start of one, is a device's; anything else is the name of a resource.
    private static string TargetOf(string typed)
    {
        var digits = typed.Replace(":", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        return digits.Length is > 3 and <= 12 && digits.All(char.IsAsciiHexDigit) ? $"devices/{digits.ToLowerInvariant()}" : typed;
    }

    private static string Written(DateTime? time) => time?.ToString(Minutes, CultureInfo.InvariantCulture) ?? "";

    private static string Instant(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTime? TimeOf(string text) =>
        DateTime.TryParseExact(text, Minutes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>The fields of the form as they are typed.</summary>
    public sealed class Form
    {
        public string Actor { get; set; } = "";

        public string Kind { get; set; } = "";

        public string Target { get; set; } = "";

        public string Outcome { get; set; } = "";

        public DateTime? From { get; set; }

        public DateTime? Until { get; set; }
    }
}
