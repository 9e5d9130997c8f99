namespace SipGateway.Sip;

/// <summary>A token with parameters: Event (RFC 6665 §8.2.1), Subscription-State, Content-Disposition.</summary>
/// <param name="Type">The token, e.g. <c>check-sync</c>.</param>
/// <param name="Parameters">Its parameters.</param>
public sealed record EventHeader(string Type, SipParameters Parameters)
{
    /// <summary>The value as it is written.</summary>
    public override string ToString() => Type + Parameters;

    internal static EventHeader? Parse(ReadOnlySpan<byte> value)
    {
        var cursor = new SipCursor(value);
        cursor.SkipBlanks();
        if (!cursor.TryReadToken(out var type) || !SipParameters.TryRead(ref cursor, out var parameters))
        {
            return null;
        }

        cursor.SkipBlanks();
        return cursor.AtEnd ? new EventHeader(SipCursor.Decode(type), parameters) : null;
    }
}
