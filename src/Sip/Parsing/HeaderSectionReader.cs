using System.Buffers;

namespace SipGateway.Sip;

/// <summary>
/// Reads start line and headers of one message in its own copy of the octets. The first fault is kept and reading goes on, so
/// that a rejected
/// request still yields what an answer needs. Folds are made blanks in place: RFC 3261 §7.3.1 gives them the meaning of one.
/// </summary>
internal ref struct HeaderSectionReader(byte[] bytes, int end, SipLimits limits)
{
    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Where(b => b != '\t').Select(b => (byte)b), 0x7F]);

    private readonly byte[] _bytes = bytes;
    private readonly int _end = end;
    private readonly SipLimits _limits = limits;
    private int _at;

    public SipRejectionReason Reason { get; private set; }

    public int Offset { get; private set; }

    /// <summary>
    /// Whether any fault, not only the first, makes the place of the next message a guess: another element may have read the same octets
    /// otherwise.
    /// </summary>
    public bool IsFramingDoubtful { get; private set; }

    public StartLine StartLine { get; private set; }

    public HeaderSlice[] Headers { get; private set; } = [];

    public void Fail(SipRejectionReason reason, int offset)
    {
        IsFramingDoubtful |= IsDoubtful(reason);
        if (Reason == SipRejectionReason.None)
        {
            Reason = reason;
            Offset = offset;
        }
    }

    public void Read()
    {
        ReadStartLine();
        if (Reason != SipRejectionReason.NotSip)
        {
            ReadHeaders();
            CheckViaCount();
        }
    }

    public void ReadStartLine()
    {
        var length = FindLineEnd(_at) - _at;
        StartLine = StartLine.Read(_bytes.AsSpan(_at, length), _at, _limits);
        if (StartLine.Reason == SipRejectionReason.NotSip)
        {
            // What noise contains is nobody's fault.
            Reason = StartLine.Reason;
            Offset = StartLine.FaultOffset;
            IsFramingDoubtful = true;
        }
        else if (StartLine.Reason != SipRejectionReason.None)
        {
            Fail(StartLine.Reason, StartLine.FaultOffset);
        }

        _at = Math.Min(_at + length + 2, _end);
    }

    private void ReadHeaders()
    {
        // Every header takes a line, so this is enough; folded lines leave a rest that is cut.
        var lines = _bytes.AsSpan(_at, _end - _at).Count("\r\n"u8) + 1;
        var headers = new HeaderSlice[Math.Min(lines, _limits.MaxHeaderCount)];
        var count = 0;
        while (_at < _end && !(_bytes[_at] == '\r' && _at + 1 < _end && _bytes[_at + 1] == '\n'))
        {
            if (count == _limits.MaxHeaderCount)
            {
                Fail(SipRejectionReason.TooManyHeaders, _at);
                break;
            }

            if (TryReadHeader(out var header))
            {
                headers[count++] = header;
            }
        }

        Headers = count == headers.Length ? headers : headers[..count];
    }

    private bool TryReadHeader(out HeaderSlice header)
    {
        var start = _at;
        var lineEnd = FindLineEnd(start);
        var colon = _bytes.AsSpan(start, lineEnd - start).IndexOf((byte)':');
        while (IsFoldAt(lineEnd))
        {
            _bytes[lineEnd] = _bytes[lineEnd + 1] = (byte)' ';
            lineEnd = FindLineEnd(lineEnd + 2);
        }

        _at = Math.Min(lineEnd + 2, _end);
        header = default;
        if (colon < 0)
        {
            Fail(SipRejectionReason.HeaderMalformed, start);
            return false;
        }

        // RFC 3261 §25.1: HCOLON allows blanks before the colon. They are not part of the name, or a filter by name would miss it.
        var name = _bytes.AsSpan(start, colon).TrimEnd(" \t"u8);
        if (!SipCharacters.IsToken(name) || name.Length > _limits.MaxHeaderNameBytes)
        {
            Fail(SipRejectionReason.HeaderNameInvalid, start);
            return false;
        }

        var valueStart = start + colon + 1;
        var value = _bytes.AsSpan(valueStart, lineEnd - valueStart);
        valueStart += value.Length - value.TrimStart(" \t"u8).Length;
        var valueLength = SipCharacters.TrimBlanks(value).Length;
        if (valueLength > _limits.MaxHeaderValueBytes)
        {
            Fail(SipRejectionReason.HeaderValueTooLong, valueStart);
        }

        header = new HeaderSlice(SipHeaderNames.Find(name), start, name.Length, valueStart, valueLength);
        return true;
    }

    private static bool IsDoubtful(SipRejectionReason reason) => reason is not (SipRejectionReason.None
        or SipRejectionReason.RequestLineMalformed or SipRejectionReason.MethodTooLong or SipRejectionReason.RequestUriTooLong
        or SipRejectionReason.StatusLineMalformed or SipRejectionReason.TooManyVias or SipRejectionReason.HeaderValueTooLong);

    private readonly bool IsFoldAt(int lineEnd) =>
        lineEnd + 2 < _end && (_bytes[lineEnd + 2] is (byte)' ' or (byte)'\t');

    /// <summary>The place of the CRLF that ends the line, or the end. Whatever control character comes before it is a fault.</summary>
    private int FindLineEnd(int from)
    {
        var at = from;
        while (at < _end)
        {
            var next = _bytes.AsSpan(at, _end - at).IndexOfAny(Controls);
            if (next < 0)
            {
                return _end;
            }

            at += next;
            if (_bytes[at] == '\r' && at + 1 < _end && _bytes[at + 1] == '\n')
            {
                return at;
            }

            if (_bytes[at] is (byte)'\r' or (byte)'\n')
            {
                Fail(SipRejectionReason.LineEndInvalid, at);

                // The message is refused, yet its answer copies headers: nothing in them may end a line there.
                _bytes[at] = (byte)' ';
            }
            else if (at == from || _bytes[at - 1] != '\\')
            {
                // A quoted pair may hold any of them (RFC 4475 §3.1.1.2).
                Fail(SipRejectionReason.ControlCharacter, at);
                _bytes[at] = (byte)' ';
            }

            at++;
        }

        return _end;
    }

    private void CheckViaCount()
    {
        var count = 0;
        foreach (ref readonly var header in Headers.AsSpan())
        {
            if (header.Name == SipHeaderName.Via)
            {
                count += 1 + _bytes.AsSpan(header.ValueStart, header.ValueLength).Count((byte)',');
                if (count > _limits.MaxViaCount)
                {
                    Fail(SipRejectionReason.TooManyVias, header.ValueStart);
                    return;
                }
            }
        }
    }
}
