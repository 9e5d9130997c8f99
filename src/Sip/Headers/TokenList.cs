namespace SipGateway.Sip;

/// <summary>The grammar of option tags, methods and the like: tokens parted by commas over one or more headers of a name.</summary>
internal static class TokenList
{
    /// <summary>Adds the tokens of one value. Empty elements are passed over; false when something is no token.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, List<string> tokens)
    {
        var cursor = new SipCursor(value);
        do
        {
            cursor.SkipBlanks();
            if (cursor.TryReadToken(out var token))
            {
                tokens.Add(SipCursor.Decode(token));
            }

            cursor.SkipBlanks();
        }
        while (cursor.TryConsume((byte)','));

        return cursor.AtEnd;
    }
}
