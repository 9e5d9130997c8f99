namespace SipGateway.Sip;

/// <summary>
/// Octets to messages. Checks what every element must agree on: lines, names, framing and bounds. What a header means is read
/// later, when asked
/// for; whether a request makes sense is <see cref="SipRequestValidation"/>'s verdict. Never throws for any input.
/// </summary>
public static class SipParser
{
    private const int CrLfLength = 2;

    private static ReadOnlySpan<byte> HeaderEnd => "\r\n\r\n"u8;

    /// <summary>Reads the one message of a datagram. Octets after Content-Length are ignored (RFC 3261 §18.3); without it the
    /// body is the rest.</summary>
    /// <param name="datagram">The payload; copied, so the buffer may be used again.</param>
    /// <param name="limits">The bounds.</param>
    public static SipParseResult ParseDatagram(ReadOnlyMemory<byte> datagram, SipLimits limits)
    {
        var all = datagram.Span;
        if (all.IndexOfAnyExcept("\r\n\0 "u8) < 0)
        {
            return SipParseResult.KeepAlive(all.Length);
        }

        if (all.Length > limits.MaxMessageBytes)
        {
            return SipParseResult.Rejected(SipRejectionReason.MessageTooLarge, limits.MaxMessageBytes, all.Length, null, false);
        }

        var start = SkipEmptyLines(all);
        var bytes = all[start..].ToArray();
        var headerLength = bytes.AsSpan().IndexOf(HeaderEnd);
        var bodyStart = headerLength < 0 ? bytes.Length : headerLength + HeaderEnd.Length;
        var reader = new HeaderSectionReader(bytes, Math.Min(bodyStart, limits.MaxHeaderBytes), limits);
        reader.Read();
        if (bodyStart > limits.MaxHeaderBytes)
        {
            reader.Fail(SipRejectionReason.HeadersTooLarge, limits.MaxHeaderBytes);
        }
        else if (headerLength < 0)
        {
            reader.Fail(SipRejectionReason.HeadersUnterminated, bytes.Length);
        }

        var bodyLength = FrameDatagram(ref reader, bytes, bodyStart);
        var message = MakeMessage(in reader, bytes, bodyStart, bodyLength);
        return reader.Reason == SipRejectionReason.None
            ? SipParseResult.Complete(message!, all.Length)
            : SipParseResult.Rejected(reader.Reason, start + reader.Offset, all.Length, message, false);
    }

    /// <summary>
    /// Reads the first message of a stream's unread octets. Lone empty lines before it are passed over (RFC 3261 §7.5); two of
    /// them are a ping.
    /// </summary>
    /// <param name="buffer">Everything not consumed yet; what a message needs is copied.</param>
    /// <param name="limits">The bounds.</param>
    public static SipParseResult ParseStream(ReadOnlyMemory<byte> buffer, SipLimits limits)
    {
        var all = buffer.Span;
        if (all.StartsWith(HeaderEnd))
        {
            return SipParseResult.KeepAlive(HeaderEnd.Length);
        }

        // A lone CRLF may be half a ping, or the empty line before a message.
        if (HeaderEnd.StartsWith(all))
        {
            return SipParseResult.NeedMore(all.Length + 1);
        }

        var start = SkipEmptyLines(all);
        var rest = all[start..];
        var headerLength = rest[..Math.Min(rest.Length, limits.MaxHeaderBytes)].IndexOf(HeaderEnd);
        return headerLength < 0
            ? JudgeUnfinishedHeaders(rest, start, limits)
            : FrameStream(rest, start, headerLength + HeaderEnd.Length, limits);
    }

    private static SipParseResult FrameStream(ReadOnlySpan<byte> rest, int start, int bodyStart, SipLimits limits)
    {
        var bytes = rest[..bodyStart].ToArray();
        var reader = new HeaderSectionReader(bytes, bodyStart, limits);
        reader.Read();
        var lengthFault = ContentLengthRule.Read(bytes, reader.Headers, out var contentLength, out var offset);
        if (lengthFault == SipRejectionReason.None)
        {
            lengthFault = contentLength switch
            {
                null => SipRejectionReason.ContentLengthMissing,
                var length when length > limits.MaxMessageBytes - bodyStart => SipRejectionReason.MessageTooLarge,
                _ => SipRejectionReason.None,
            };
        }

        // In pieces such a line is given up before it ends: whether the connection lives must not hang on how it was cut.
        var isLineTooLong = rest.IndexOf("\r\n"u8) >= MaxStartLineBytes(limits);
        if (isLineTooLong)
        {
            reader.Fail(SipRejectionReason.RequestLineMalformed, 0);
        }

        if (isLineTooLong || reader.IsFramingDoubtful || lengthFault != SipRejectionReason.None)
        {
            reader.Fail(lengthFault, offset);
            var partial = MakeMessage(in reader, bytes, bodyStart, 0);
            return SipParseResult.Rejected(reader.Reason, start + reader.Offset, start + rest.Length, partial, mustClose: true);
        }

        var total = bodyStart + contentLength!.Value;
        if (rest.Length < total)
        {
            return SipParseResult.NeedMore(start + total);
        }

        if (total > bodyStart)
        {
            Array.Resize(ref bytes, total);
            rest[bodyStart..total].CopyTo(bytes.AsSpan(bodyStart));
        }

        var message = MakeMessage(in reader, bytes, bodyStart, total - bodyStart);
        return reader.Reason == SipRejectionReason.None
            ? SipParseResult.Complete(message!, start + total)
            : SipParseResult.Rejected(reader.Reason, start + reader.Offset, start + total, message, mustClose: false);
    }

    /// <summary>Gives up early on a peer that will never send a message: wrong first line, or too much without an end.</summary>
    private static SipParseResult JudgeUnfinishedHeaders(ReadOnlySpan<byte> rest, int start, SipLimits limits)
    {
        var startLineLength = rest.IndexOf("\r\n"u8);
        if (rest.Length >= limits.MaxHeaderBytes)
        {
            var bytes = rest[..limits.MaxHeaderBytes].ToArray();
            var reader = new HeaderSectionReader(bytes, bytes.Length, limits);
            reader.Read();
            reader.Fail(SipRejectionReason.HeadersTooLarge, limits.MaxHeaderBytes);
            var partial = MakeMessage(in reader, bytes, bytes.Length, 0);
            return SipParseResult.Rejected(reader.Reason, start + reader.Offset, start + rest.Length, partial, mustClose: true);
        }

        var startLine = startLineLength >= 0 ? StartLine.Read(rest[..startLineLength], 0, limits) : default;
        if (startLine.Reason == SipRejectionReason.NotSip
            || startLineLength >= MaxStartLineBytes(limits)
            || (startLineLength < 0 && rest.Length > MaxStartLineBytes(limits))
            || !SipCharacters.Token.Contains(rest[0]))
        {
            return SipParseResult.Rejected(SipRejectionReason.NotSip, start, start + rest.Length, null, mustClose: true);
        }

        return SipParseResult.NeedMore(start + rest.Length + 1);
    }

    // Two blanks and the version beside method and URI; a reason phrase has as much room.
    private static int MaxStartLineBytes(SipLimits limits) => limits.MaxMethodBytes + limits.MaxRequestUriBytes + 16;

    private static int FrameDatagram(ref HeaderSectionReader reader, byte[] bytes, int bodyStart)
    {
        var available = bytes.Length - bodyStart;
        var fault = ContentLengthRule.Read(bytes, reader.Headers, out var contentLength, out var offset);
        if (fault == SipRejectionReason.None && contentLength > available)
        {
            fault = SipRejectionReason.ContentLengthBeyondDatagram;
        }

        if (fault != SipRejectionReason.None)
        {
            reader.Fail(fault, offset);
            return available;
        }

        return contentLength ?? available;
    }

    private static SipMessage? MakeMessage(in HeaderSectionReader reader, byte[] bytes, int bodyStart, int bodyLength)
    {
        var line = reader.StartLine;
        var body = bodyStart..(bodyStart + bodyLength);
        if (line.IsResponse)
        {
            return new SipResponse(bytes, reader.Headers, body, line.StatusCode, line.ReasonPhrase);
        }

        return line.Method.Text.Length == 0
            ? null
            : new SipRequest(bytes, reader.Headers, body, line.Method, line.RequestUri, line.Version);
    }

    private static int SkipEmptyLines(ReadOnlySpan<byte> all)
    {
        var start = 0;
        while (all[start..].StartsWith("\r\n"u8))
        {
            start += CrLfLength;
        }

        return start;
    }
}
