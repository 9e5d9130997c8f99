using System.Text;

namespace SipGateway.Sip;

/// <summary>The first line of a message, or as much of it as can be told.</summary>
internal readonly struct StartLine
{
    public SipRejectionReason Reason { get; private init; }

    public int FaultOffset { get; private init; }

    public bool IsResponse { get; private init; }

    public SipMethod Method { get; private init; }

    public Range RequestUri { get; private init; }

    public Range Version { get; private init; }

    public int StatusCode { get; private init; }

    public Range ReasonPhrase { get; private init; }

    public static StartLine Read(ReadOnlySpan<byte> line, int start, SipLimits limits)
    {
        if (line.Length >= 4 && Ascii.EqualsIgnoreCase(line[..4], "SIP/"u8))
        {
            return ReadStatusLine(line, start);
        }

        return ReadRequestLine(line, start, limits);
    }

    private static StartLine ReadStatusLine(ReadOnlySpan<byte> line, int start)
    {
        // SIP/2.0 SP 3DIGIT SP phrase; a missing last blank is forgiven, a fourth digit is not (RFC 4475 §3.1.2.19).
        if (line.Length < 11 || !IsSip20(line[..7]) || line[7] != ' '
            || !int.TryParse(line.Slice(8, 3), System.Globalization.NumberStyles.None, null, out var code) || code is < 100 or > 699
            || (line.Length > 11 && line[11] != ' '))
        {
            return new StartLine { IsResponse = true, Reason = SipRejectionReason.StatusLineMalformed, FaultOffset = start };
        }

        var phrase = Math.Min(12, line.Length);
        return new StartLine
        {
            IsResponse = true,
            StatusCode = code,
            ReasonPhrase = new Range(start + phrase, start + line.Length),
        };
    }

    private static StartLine ReadRequestLine(ReadOnlySpan<byte> line, int start, SipLimits limits)
    {
        var methodLength = line.IndexOf((byte)' ');
        if (methodLength <= 0 || !SipCharacters.IsToken(line[..methodLength]) || line.IndexOf(" SIP/"u8) < 0 && line.IndexOf(" sip/"u8) < 0)
        {
            return new StartLine { Reason = SipRejectionReason.NotSip, FaultOffset = start };
        }

        if (methodLength > limits.MaxMethodBytes)
        {
            return new StartLine { Reason = SipRejectionReason.MethodTooLong, FaultOffset = start + limits.MaxMethodBytes };
        }

        var uriStart = methodLength + 1;
        var uriLength = line[uriStart..].IndexOf((byte)' ');
        var versionStart = uriStart + uriLength + 1;
        var (reason, fault) = uriLength <= 0 || !IsVersion(line[versionStart..])
            ? (SipRejectionReason.RequestLineMalformed, uriStart)
            : uriLength > limits.MaxRequestUriBytes
                ? (SipRejectionReason.RequestUriTooLong, uriStart + limits.MaxRequestUriBytes)
                : (SipRejectionReason.None, 0);
        return new StartLine
        {
            Reason = reason,
            FaultOffset = start + fault,
            Method = SipMethod.FromToken(line[..methodLength]),
            RequestUri = uriLength <= 0 ? default(Index)..default(Index) : new Range(start + uriStart, start + uriStart + uriLength),
            Version = uriLength <= 0 ? default(Index)..default(Index) : new Range(start + versionStart, start + line.Length),
        };
    }

    private static bool IsSip20(ReadOnlySpan<byte> text) => Ascii.EqualsIgnoreCase(text, "SIP/2.0"u8);

    // SIP-Version = "SIP" "/" 1*DIGIT "." 1*DIGIT. Another number than 2.0 is a well-formed line that gets a 505.
    private static bool IsVersion(ReadOnlySpan<byte> text)
    {
        if (IsSip20(text))
        {
            return true;
        }

        var cursor = new SipCursor(text);
        return text.Length > 4 && Ascii.EqualsIgnoreCase(text[..4], "SIP/"u8) && !cursor.Take(4).IsEmpty
            && cursor.TryReadAll(SipCharacters.Digits, out _) && cursor.TryConsume((byte)'.')
            && cursor.TryReadAll(SipCharacters.Digits, out _) && cursor.AtEnd;
    }
}
