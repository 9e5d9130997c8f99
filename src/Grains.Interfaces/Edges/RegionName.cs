namespace SipGateway.Grains.Interfaces;

/// <summary>The name of a region: edges that stand together, and the tenants whose phones are sent there.</summary>
public static class RegionName
{
    /// <summary>How a name looks, for people.</summary>
    public const string Form = "1 to 32 lower-case letters, digits and hyphens such as eu-west";

    /// <summary>Default: 32; it stands in lists and on command lines.</summary>
    private const int MaxChars = 32;

    /// <summary>Whether it is one; empty, for no region, is none.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxChars && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
