using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SipGateway.Portal;

/// <summary>A language that the portal speaks.</summary>
/// <param name="Code">ISO 639-1, as in <c>lang</c>.</param>
/// <param name="OwnName">What it calls itself.</param>
/// <param name="IsRightToLeft">Whether it is written from right to left.</param>
internal sealed record Language(string Code, string OwnName, bool IsRightToLeft = false)
{
    /// <summary><c>ltr</c> or <c>rtl</c>, as in <c>dir</c>.</summary>
    public string Direction => IsRightToLeft ? "rtl" : "ltr";
}

/// <summary>
/// Which language this request, and the live connection that it becomes, is answered in. The runtime has no cultures here (it runs without
/// ICU), and needs none: times and numbers are written the same for all.
/// </summary>
internal static class Languages
{
    /// <summary>The cookie with a person's choice.</summary>
    public const string Cookie = "sipgateway_language";

    private const string Prefix = "words/";

    private static readonly AsyncLocal<Language?> Ambient = new();

    /// <summary>What <see cref="Texts"/> is written in.</summary>
    public static Language English { get; } = new("en", "English");

    /// <summary>All of them, in the order of their names.</summary>
    public static IReadOnlyList<Language> All { get; } =
        [new("de", "Deutsch"), English, new("es", "Español"), new("fr", "Français"), new("pt", "Português"), new("ja", "日本語")];

    /// <summary>The words of each language by the name of their member in <see cref="Texts"/>; English has none.</summary>
    public static FrozenDictionary<string, FrozenDictionary<string, string>> Words { get; } =
        All.Where(language => language != English).ToFrozenDictionary(language => language.Code, language => Load(language.Code));

    /// <summary>The language of whoever is being answered.</summary>
    public static Language Current
    {
        get => Ambient.Value ?? English;
        set => Ambient.Value = value;
    }

    /// <summary>What a person chose, or what the browser asks for, or English.</summary>
    public static Language Of(HttpRequest request)
    {
        if (Find(request.Cookies[Cookie] ?? "") is { } chosen)
        {
            return chosen;
        }

        var asked = StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var list) ? list : [];
        return asked.Where(a => a.Quality is not 0).OrderByDescending(a => a.Quality ?? 1)
            .Select(a => Find(a.Value.ToString().Split('-')[0])).FirstOrDefault(found => found is not null) ?? English;
    }

    private static Language? Find(string code) => All.FirstOrDefault(language => language.Code.Equals(code, StringComparison.OrdinalIgnoreCase));

    private static FrozenDictionary<string, string> Load(string code)
    {
        using var stream = typeof(Languages).Assembly.GetManifestResourceStream($"{Prefix}{code}.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
