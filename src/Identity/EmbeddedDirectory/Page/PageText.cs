using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace SipGateway.Identity;

/// <summary>Every sentence of the sign-in page in one language; a language that lacks one does not compile.</summary>
internal sealed record PageText
{
    /// <summary>BCP 47, for the page's <c>lang</c>.</summary>
    public required string Language { get; init; }
    public required string Title { get; init; }
    public required string CodeHeading { get; init; }
    public required string CodeLabel { get; init; }
    public required string CodeHint { get; init; }
    public required string Continue { get; init; }
    public required string PhoneHeading { get; init; }
    public required string PhoneWarning { get; init; }
    public required string Model { get; init; }
    public required string UnknownModel { get; init; }
    public required string MacEnding { get; init; }
    public required string Network { get; init; }
    public required string StartedByAdmin { get; init; }
    public required string Yes { get; init; }
    public required string No { get; init; }
    public required string PasswordHeading { get; init; }
    public required string UserLabel { get; init; }
    public required string PasswordLabel { get; init; }
    public required string SignIn { get; init; }
    public required string DoneHeading { get; init; }
    public required string DoneText { get; init; }
    public required string DeniedHeading { get; init; }
    public required string DeniedText { get; init; }
    public required string OtherCode { get; init; }
    public required string Error { get; init; }
    public required string CodeUnknown { get; init; }
    public required string CodeExpired { get; init; }
    public required string CodeUsed { get; init; }
    public required string CodeDenied { get; init; }
    public required string WrongPassword { get; init; }
    public required string Locked { get; init; }
    public required string TooManyTries { get; init; }
    public required string FormStale { get; init; }
    public required string Unavailable { get; init; }

    public static ImmutableArray<PageText> All { get; } =
        [PageTexts.English, PageTexts.German, PageTexts.Spanish, PageTexts.French, PageTexts.Portuguese, PageTexts.Japanese];

    public string Of(PairingCodeVerdict verdict) => verdict switch
    {
        PairingCodeVerdict.Expired => CodeExpired,
        PairingCodeVerdict.Used => CodeUsed,
        PairingCodeVerdict.Denied => CodeDenied,
        _ => CodeUnknown,
    };

    /// <summary>The best of the browser's languages (RFC 9110 §12.5.4); English when it wants none of ours.</summary>
    public static PageText For(HttpRequest request)
    {
        var wanted = request.GetTypedHeaders().AcceptLanguage
            .Where(l => (l.Quality ?? 1) > 0).OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.Value ?? "");
        foreach (var language in wanted)
        {
            var primary = language.Split('-')[0];
            if (All.FirstOrDefault(t => t.Language.Equals(primary, StringComparison.OrdinalIgnoreCase)) is { } text)
            {
                return text;
            }
        }

        return PageTexts.English;
    }
}
