namespace SipGateway.Storage;

/// <summary>Free text as it is compared: case does not count, in any script.</summary>
internal static class FoldedText
{
    public static string Of(string text) => text.ToLowerInvariant();
}
