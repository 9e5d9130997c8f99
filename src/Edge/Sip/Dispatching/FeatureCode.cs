using SipGateway.Grains.Interfaces;
using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>A code dialled on the keypad, such as <c>*55*123456</c>.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Argument">The digits after it; empty for none.</param>
internal readonly record struct FeatureCode(FeatureKind Kind, string Argument)
{
    // A number is at most 15 digits (E.164) with a prefix to get out; a code is at most nine.
    private const int MaxArgumentLength = 24;

    /// <summary>Reads the code of a Request-URI, in every way phones write it; null when it is none.</summary>
    public static FeatureCode? Parse(SipUri? uri)
    {
        var dialled = uri switch
        {
            { IsSip: true } => uri.User,
            { Scheme: SipUriScheme.Tel } =>
                string.Concat((uri.User ?? string.Empty).Where(c => !"-.()".Contains(c, StringComparison.Ordinal))),
            _ => null,
        };
        return dialled is null ? null : Parse(dialled);
    }

    /// <summary>Reads a dialled string whose escapes are undone.</summary>
    public static FeatureCode? Parse(string dialled)
    {
        // RFC 3261 §19.1.1: parameters of a telephone number may stand inside the user part.
        var text = dialled.AsSpan();
        var parameters = text.IndexOf(';');
        text = parameters < 0 ? text : text[..parameters];
        text = text.EndsWith('#') ? text[..^1] : text;
        if (text.Length < 4 || text[0] != '*' || text[3] != '*' || KindOf(text[1..3]) is not { } kind)
        {
            return null;
        }

        var argument = text[4..];
        return IsArgument(kind, argument) ? new FeatureCode(kind, argument.ToString()) : null;
    }

    private static FeatureKind? KindOf(ReadOnlySpan<char> digits) => digits switch
    {
        "55" => FeatureKind.Enroll,
        "30" => FeatureKind.DoNotDisturbOn,
        "31" => FeatureKind.DoNotDisturbOff,
        "32" => FeatureKind.ResetForwarding,
        "33" => FeatureKind.Forward,
        "34" => FeatureKind.ForwardOnTimeout,
        "35" => FeatureKind.SimultaneousRing,
        "99" => FeatureKind.Voicemail,
        _ => null,
    };

    private static bool IsArgument(FeatureKind kind, ReadOnlySpan<char> argument) => kind switch
    {
        FeatureKind.Enroll => IsDigits(argument),
        FeatureKind.Forward or FeatureKind.ForwardOnTimeout or FeatureKind.SimultaneousRing =>
            IsDigits(argument.StartsWith('+') ? argument[1..] : argument),
        _ => argument.IsEmpty,
    };

    private static bool IsDigits(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxArgumentLength && text.IndexOfAnyExceptInRange('0', '9') < 0;
}
