namespace SipGateway.Hosting;

/// <summary>What a tenant may be called.</summary>
public static class TenantName
{
    /// <summary>A label of a host name.</summary>
    public const int MaxChars = 63;

    /// <summary>Lower-case letters, digits and hyphens, beginning with a letter or digit.</summary>
    public static bool IsValid(string text) =>
        text.Length is > 0 and <= MaxChars && text[0] != '-' && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
