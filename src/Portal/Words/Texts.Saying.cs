using System.Runtime.CompilerServices;

namespace SipGateway.Portal;

/// <content>How a text becomes another language's.</content>
internal static partial class Texts
{
    /// <summary>The text of a member in the language of whoever is being answered; English where it has none.</summary>
    private static string Say(string english, [CallerMemberName] string member = "") => Find(member) ?? english;

    /// <summary>The same with holes, which a translation fills in an order of its own.</summary>
    private static string Fill(FormattableString english, [CallerMemberName] string member = "") =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, Find(member) ?? english.Format, english.GetArguments());

    private static string? Find(string member) =>
        Languages.Words.GetValueOrDefault(Languages.Current.Code)?.GetValueOrDefault(member);
}
