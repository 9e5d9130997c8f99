using System.Text;

namespace SipGateway.Storage;

/// <summary>Which text a database column takes. PostgreSQL text holds no NUL and neither engine holds half a surrogate pair.</summary>
internal static class StoredText
{
    /// <summary>Adds an error when a text cannot be kept exactly as it is.</summary>
    public static void Check(List<string> errors, string name, string? text, int maxChars)
    {
        if (text is null)
            errors.Add($"The {name} is missing.");
        else if (text.Length > maxChars)
            errors.Add($"The {name} has {text.Length} characters; at most {maxChars} are kept.");
        else if (FirstUnstorable(text) is var at and >= 0)
            errors.Add($"The {name} contains a character that cannot be stored (U+{(int)text[at]:X4} at position {at}).");
    }

    /// <summary>The text as far as it can be kept: cut at the bound, characters that cannot be stored replaced by U+FFFD.</summary>
    public static string Clean(string? text, int maxChars)
    {
        if (text is null)
            return "";
        if (text.Length > maxChars)
            text = text[..maxChars];
        if (FirstUnstorable(text) < 0)
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append((rune.Value == 0 ? Rune.ReplacementChar : rune).ToString());
        return clean.ToString();
    }

    private static int FirstUnstorable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || char.IsLowSurrogate(text[i]))
                return i;
            if (!char.IsHighSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                return i;
            i++;
        }

        return -1;
    }
}
