using System.Text;

namespace SipGateway.Sip;

/// <summary>
/// A request or response: its own copy of the octets and where each header lies in them. Accessors read their header when asked
/// and give null both
/// when it is absent and when it breaks its grammar; <see cref="SipRequestValidation"/> tells the two apart. Not safe for use
/// by two threads at once.
/// </summary>
public abstract partial class SipMessage
{
    private readonly byte[] _bytes;
    private readonly HeaderSlice[] _headers;

    private protected SipMessage(byte[] bytes, HeaderSlice[] headers, Range body)
    {
        _bytes = bytes;
        _headers = headers;
        Body = bytes.AsMemory(body);
        Bytes = bytes.AsMemory(0, body.End.GetOffset(bytes.Length));
    }

    /// <summary>The whole message as received, folds made blanks, without what followed it.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The body; empty when there is none. Octets, not text.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>How many header lines there are.</summary>
    public int HeaderCount => _headers.Length;

    /// <summary>All header lines in order.</summary>
    public IEnumerable<SipHeader> Headers => _headers.Select(Header);

    /// <summary>The first header of that name.</summary>
    public bool TryGetHeader(SipHeaderName name, out SipHeader header)
    {
        foreach (ref readonly var slice in _headers.AsSpan())
        {
            if (slice.Name == name)
            {
                header = Header(slice);
                return true;
            }
        }

        header = default;
        return false;
    }

    /// <summary>All header lines of that name in order; each may carry several values parted by commas.</summary>
    public IEnumerable<SipHeader> GetHeaders(SipHeaderName name)
    {
        foreach (var slice in _headers)
        {
            if (slice.Name == name)
            {
                yield return Header(slice);
            }
        }
    }

    /// <summary>All header lines of that spelling, without case; for headers not known by name.</summary>
    public IEnumerable<SipHeader> GetHeaders(string name)
    {
        var spelling = Encoding.UTF8.GetBytes(name);
        foreach (var slice in _headers)
        {
            if (Ascii.EqualsIgnoreCase(_bytes.AsSpan(slice.NameStart, slice.NameLength), spelling))
            {
                yield return Header(slice);
            }
        }
    }

    /// <summary>The text of the first header of that name; null when there is none.</summary>
    public string? GetText(SipHeaderName name) => TryGetHeader(name, out var header) ? header.Value : null;

    /// <summary>How many header lines of that name there are.</summary>
    public int CountOf(SipHeaderName name)
    {
        var count = 0;
        foreach (ref readonly var slice in _headers.AsSpan())
        {
            count += slice.Name == name ? 1 : 0;
        }

        return count;
    }

    internal HeaderNameEnumerator HeaderNames => new(_headers);

    internal ReadOnlySpan<byte> RawValue(SipHeaderName name) => TryGetHeader(name, out var header) ? header.RawValue.Span : default;

    private SipHeader Header(HeaderSlice slice) => new(
        slice.Name, _bytes.AsMemory(slice.NameStart, slice.NameLength), _bytes.AsMemory(slice.ValueStart, slice.ValueLength));
}
