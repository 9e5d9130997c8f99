namespace SipGateway.Sip;

/// <summary>The Content-Type header (RFC 3261 §20.15).</summary>
/// <param name="MediaType">Type and subtype in lower case, e.g. <c>application/sdp</c>.</param>
/// <param name="Parameters">Its parameters, e.g. boundary.</param>
public sealed record ContentType(string MediaType, SipParameters Parameters)
{
    /// <summary>The value as it is written.</summary>
    public override string ToString() => MediaType + Parameters;

    internal static ContentType? Parse(ReadOnlySpan<byte> value)
    {
        var cursor = new SipCursor(value);
        cursor.SkipBlanks();
        if (!cursor.TryReadToken(out var type) || !cursor.TryConsumeSeparator((byte)'/')
            || !cursor.TryReadToken(out var subtype) || !SipParameters.TryRead(ref cursor, out var parameters))
        {
            return null;
        }

        cursor.SkipBlanks();
        var mediaType = (SipCursor.Decode(type) + "/" + SipCursor.Decode(subtype)).ToLowerInvariant();
        return cursor.AtEnd ? new ContentType(mediaType, parameters) : null;
    }
}
